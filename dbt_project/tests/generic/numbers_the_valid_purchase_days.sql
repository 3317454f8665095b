{#- As many days as int_purchase_days_counted counts, worth what the valid orders of known customers are. -#}
{% test numbers_the_valid_purchase_days(model) %}
with

numbered as (
    select
        count(*) as days,
        sum(sales_yen) as sales_yen
    from {{ model }}
),

counted as (
    select count(*) as days from {{ ref('int_purchase_days_counted') }}
    where is_valid
),

orders as (
    select sum(sales_yen) as sales_yen from {{ ref('fct_orders') }}
    where is_valid and customer_id is not null
)

select numbered.*
from numbered
cross join counted
cross join orders
where numbered.days != counted.days or numbered.sales_yen is distinct from orders.sales_yen
{% endtest %}
