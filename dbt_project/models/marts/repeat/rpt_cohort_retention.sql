with

orders as (
    select * from {{ ref('fct_orders') }}
    where is_valid
),

customers as (
    select
        customer_id,
        {{ month_of('first_purchased_on') }} as cohort_on
    from {{ ref('dim_customers') }}
    where first_purchased_on < {{ month_of(as_of()) }}
),

cohorts as (
    select
        cohort_on,
        count(*) as cohort_size
    from customers
    group by cohort_on
),

months as (
    select
        cohort_on,
        cohort_size,
        cast({{ months_from_to('cohort_on', days_after(month_of(as_of()), -1)) }} as date) as month_on
    from cohorts
),

purchases as (
    select
        customers.cohort_on,
        {{ month_of('orders.ordered_on') }} as month_on,
        count(distinct orders.customer_id) as customers,
        sum(orders.goods_yen) as goods_yen
    from orders
    inner join customers on orders.customer_id = customers.customer_id
    group by customers.cohort_on, {{ month_of('orders.ordered_on') }}
),

filled as (
    select
        months.cohort_on,
        {{ months_between('months.cohort_on', 'months.month_on') }} as months_since,
        months.cohort_size,
        coalesce(purchases.customers, 0) as customers,
        cast(coalesce(purchases.goods_yen, 0) as bigint) as goods_yen
    from months
    left join purchases
        on months.cohort_on = purchases.cohort_on and months.month_on = purchases.month_on
),

rated as (
    select
        *,
        round(customers / cohort_size, 6) as retention_rate,
        round(
            sum(goods_yen) over (partition by cohort_on order by months_since) / cohort_size, 6
        ) as cumulative_goods_yen_per_customer
    from filled
)

select * from rated
