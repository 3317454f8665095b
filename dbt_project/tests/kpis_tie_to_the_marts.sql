-- What the headline figures count is what the orders count: sales of all months, and every customer new once.

with

kpis as (
    select
        sum(actual) filter (where metric = 'sales') as sales,
        sum(actual) filter (where metric = 'new_customers') as new_customers
    from {{ ref('rpt_kpis') }}
),

orders as (
    select coalesce(sum(sales_yen), 0) as sales from {{ ref('fct_orders') }}
),

customers as (
    select count(*) as customers from {{ ref('dim_customers') }}
    where purchase_days > 0
)

select
    kpis.*,
    orders.sales as sales_of_orders,
    customers.customers
from kpis
cross join orders
cross join customers
where coalesce(kpis.sales, 0) != orders.sales or coalesce(kpis.new_customers, 0) != customers.customers
