with

rules as (
    select * from {{ ref('call_rules') }}
),

fitting as (
    select * from {{ ref('int_calls_fitting') }}
    where
        {{ weekday_of(as_of()) }} <= 5
        and {{ as_of() }} not in (select holidays.holiday_on from {{ ref('holidays') }} as holidays)
),

own_customers as (
    select distinct customer_id from {{ ref('int_customers_clustered') }}
    where is_of_own_shop
),

contacts as (
    select * from {{ ref('customer_contacts') }}
    where phone is not null
),

reachable as (
    select
        fitting.*,
        row_number() over (
            partition by contacts.phone
            order by fitting.purchase_days desc, fitting.gaps_since desc, fitting.customer_id asc
        ) as turn_at_phone
    from fitting
    inner join own_customers on fitting.customer_id = own_customers.customer_id
    inner join contacts on fitting.customer_id = contacts.customer_id
),

drawn as (
    select
        reachable.*,
        rules.rows_per_operator,
        case
            when {{ drawn_percent('rules.salt', "'call_list'", 'reachable.occurrence') }} < rules.holdout_percent
                then 'holdout'
            else 'treat'
        end as arm
    from reachable
    cross join rules
    where reachable.turn_at_phone = 1
),

placed as (
    select
        *,
        row_number() over (
            partition by arm order by purchase_days desc, gaps_since desc, customer_id asc
        ) as place
    from drawn
),

ranked as (
    select
        {{ as_of() }} as call_on,
        customer_id,
        arm,
        case arm when 'treat' then {{ bucket_of('(place - 1)', 'rows_per_operator') }} + 1 end as operator_no,
        case arm when 'treat' then place end as rank,
        purchase_days,
        days_since,
        last_purchased_on,
        m_yen,
        median_gap_days,
        gaps_since
    from placed
)

select * from ranked
