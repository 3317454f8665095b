with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

households as (
    select distinct
        customer_id,
        household_id
    from {{ ref('int_customers_clustered') }}
),

profiles as (
    select * from {{ ref('int_customers_profiled') }}
),

devices as (
    select * from {{ ref('int_customer_devices_told') }}
),

described as (
    select
        customers.customer_id,
        households.household_id,
        coalesce(profiles.sex, 'unknown') as sex,
        coalesce(profiles.prefecture, 'unknown') as prefecture,
        {{ year_of('profiles.birthday') }} as birth_year,
        {{ month_number_of('profiles.birthday') }} as birth_month,
        coalesce(devices.device, 'unknown') as device,
        customers.registered_on is not null as is_member,
        customers.registered_on,
        customers.known_on,
        customers.first_purchased_on,
        customers.last_purchased_on,
        customers.purchase_days,
        customers.orders
    from customers
    inner join households on customers.customer_id = households.customer_id
    inner join profiles on customers.customer_id = profiles.customer_id
    left join devices on customers.customer_id = devices.customer_id
)

select * from described
