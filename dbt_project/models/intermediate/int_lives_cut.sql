with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

purchase_days as (
    select * from {{ ref('int_purchase_days_counted') }}
),

voided as (
    select * from purchase_days
    where not is_valid
),

changes as (
    select
        customer_id,
        known_on as cut_on,
        0 as change,
        cast(null as date) as lasting_on
    from customers
    union all
    select
        customer_id,
        purchased_on as cut_on,
        1 as change,
        case when is_valid then purchased_on end as lasting_on
    from purchase_days
    union all
    select
        customer_id,
        counted_until as cut_on,
        -1 as change,
        cast(null as date) as lasting_on
    from voided
),

days as (
    select
        customer_id,
        cut_on,
        sum(change) as change,
        max(lasting_on) as lasting_on
    from changes
    group by customer_id, cut_on
),

sums as (
    select
        customer_id,
        cut_on,
        cast(sum(change) over until_then as bigint) as purchase_days,
        min(cut_on) over until_then as known_on,
        max(lasting_on) over until_then as lasting_on
    from days
    window until_then as (partition by customer_id order by cut_on)
),

cuts as (
    select
        sums.customer_id,
        sums.cut_on,
        sums.purchase_days,
        coalesce(greatest(sums.lasting_on, max(voided.purchased_on)), sums.known_on) as counted_from
    from sums
    left join voided
        on
            sums.customer_id = voided.customer_id
            and sums.cut_on >= voided.purchased_on
            and sums.cut_on < voided.counted_until
    group by sums.customer_id, sums.cut_on, sums.purchase_days, sums.lasting_on, sums.known_on
)

select * from cuts
