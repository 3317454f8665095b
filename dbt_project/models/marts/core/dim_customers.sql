with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

aged as (
    select
        *,
        {{ years_between('birthday', as_of()) }} as age
    from profiles
),

described as (
    select
        customers.customer_id,
        case
            when aged.age between 0 and 19 then '0-19'
            when aged.age between 20 and 29 then '20-29'
            when aged.age between 30 and 39 then '30-39'
            when aged.age between 40 and 49 then '40-49'
            when aged.age between 50 and 59 then '50-59'
            when aged.age between 60 and 69 then '60-69'
            when aged.age between 70 and 119 then '70+'
            else 'unknown'
        end as age_band,
        coalesce(aged.sex, 'unknown') as sex,
        coalesce(aged.prefecture, 'unknown') as prefecture,
        customers.registered_on is not null as is_member,
        customers.registered_on,
        customers.known_on,
        customers.first_purchased_on,
        customers.last_purchased_on,
        customers.purchase_days,
        customers.orders
    from customers
    inner join aged on customers.customer_id = aged.customer_id
)

select * from described
