{%- set life = 'scope, customer_id' -%}

with

purchase_days as (
    select * from {{ ref('int_purchase_days_scoped') }}
),

voided as (
    select * from purchase_days
    where not is_valid
),

changes as (
    select {{ life }}, known_on as cut_on, 0 as change, 0 as m_yen, cast(null as date) as lasting_on
    from {{ ref('int_customers_scoped') }}
    union all
    select {{ life }}, purchased_on, 1 as change, 0 as m_yen, case when is_valid then purchased_on end as lasting_on
    from purchase_days
    union all
    select {{ life }}, counted_until, -1 as change, 0 as m_yen, cast(null as date) as lasting_on
    from voided
    union all
    select {{ life }}, spent_on, 0 as change, m_yen, cast(null as date) as lasting_on
    from {{ ref('int_spend_scoped') }}
),

days as (
    select {{ life }}, cut_on, sum(change) as change, sum(m_yen) as m_yen, max(lasting_on) as lasting_on
    from changes
    group by {{ life }}, cut_on
),

sums as (
    select
        {{ life }},
        cut_on,
        cast(sum(change) over until_then as bigint) as purchase_days,
        cast(sum(m_yen) over until_then as bigint) as m_yen,
        min(cut_on) over until_then as known_on,
        min(lasting_on) over until_then as first_lasting_on,
        max(lasting_on) over until_then as last_lasting_on,
        lead(cut_on, 1, {{ open_end() }}) over (partition by {{ life }} order by cut_on) as next_cut_on
    from days
    window until_then as (partition by {{ life }} order by cut_on)
),

voided_later as (
    select
        sums.scope,
        sums.customer_id,
        sums.cut_on,
        min(voided.purchased_on) as first_purchased_on,
        max(voided.purchased_on) as last_purchased_on
    from sums
    inner join voided
        on
            sums.scope = voided.scope and sums.customer_id = voided.customer_id
            and sums.cut_on >= voided.purchased_on and sums.cut_on < voided.counted_until
    group by sums.scope, sums.customer_id, sums.cut_on
),

cuts as (
    select
        sums.scope,
        sums.customer_id,
        sums.cut_on,
        sums.next_cut_on,
        sums.purchase_days,
        sums.m_yen,
        least(sums.first_lasting_on, voided_later.first_purchased_on) as first_purchased_on,
        coalesce(greatest(sums.last_lasting_on, voided_later.last_purchased_on), sums.known_on) as counted_from
    from sums
    left join voided_later
        on
            sums.scope = voided_later.scope and sums.customer_id = voided_later.customer_id
            and sums.cut_on = voided_later.cut_on
)

select * from cuts
