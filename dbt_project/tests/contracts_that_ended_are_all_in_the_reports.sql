{#- Every contract that ended in a closed month has its reason, and is one that the months count. -#}
with

ended as (
    select
        {{ month_of('ended_on') }} as month_on,
        count(*) as contracts
    from {{ ref('fct_subscriptions') }}
    where not is_running and ended_on < {{ month_of(as_of()) }}
    group by {{ month_of('ended_on') }}
),

explained as (
    select
        month_on,
        sum(contracts) as contracts
    from {{ ref('rpt_subscription_cancellations') }}
    group by month_on
),

months as (
    select * from {{ ref('rpt_subscription_months') }}
    where grain = 'contract'
)

select months.month_on
from months
left join ended on months.month_on = ended.month_on
left join explained on months.month_on = explained.month_on
where
    months.cancelled + months.lapsed != coalesce(ended.contracts, 0)
    or months.cancelled + months.lapsed != coalesce(explained.contracts, 0)
