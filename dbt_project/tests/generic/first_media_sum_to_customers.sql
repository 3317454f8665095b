{#- In the mode of the first medium the media of each attribution model share all customers of the closed months. -#}
{% test first_media_sum_to_customers(model) %}
with

shared as (
    select
        attribution_model,
        window_days,
        sum(new_customers) as customers
    from {{ model }}
    where attribution_mode = 'first_medium'
    group by attribution_model, window_days
),

buyers as (
    select count(*) as customers from {{ ref('dim_customers') }}
    where first_purchased_on < {{ month_of(as_of()) }}
)

select shared.*
from shared
cross join buyers
where shared.customers != buyers.customers
{% endtest %}
