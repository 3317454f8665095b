{%- set keys = ['attribution_model', 'attribution_mode', 'brand_id', 'medium_id', 'cohort_on'] -%}
{%- set measures = [
    'customers', 'repeaters', 'sales_ex_tax_yen', 'gross_profit_ex_tax_yen', 'uncosted_sales_ex_tax_yen',
] -%}

with

found as (
    select * from {{ ref('int_media_customers_found') }}
),

numbered as (
    select * from {{ ref('int_purchase_days_numbered') }}
),

followed as (
    select
        found.*,
        {{ month_of('found.anchored_on') }} as cohort_on,
        cast({{ days_between('found.anchored_on', 'numbered.purchased_on') }} as bigint) as age_days,
        case when numbered.purchased_on = found.anchored_on then 1 else 0 end as customers,
        case when numbered.previous_purchased_on = found.anchored_on then 1 else 0 end as repeaters,
        numbered.sales_ex_tax_yen,
        numbered.gross_profit_ex_tax_yen,
        numbered.uncosted_sales_ex_tax_yen
    from found
    inner join numbered
        on found.customer_id = numbered.customer_id and found.anchored_on <= numbered.purchased_on
),

daily as (
    select
        {{ keys | join(', ') }},
        {%- for measure in measures %}
        sum({{ measure }}) as {{ measure }},
        {%- endfor %}
        age_days
    from followed
    where age_days < 1000
    group by {{ keys | join(', ') }}, age_days
),

running as (
    select
        {{ keys | join(', ') }},
        {%- for measure in measures %}
        cast(sum({{ measure }}) over so_far as bigint) as {{ measure }},
        {%- endfor %}
        age_days
    from daily
    window so_far as (partition by {{ keys | join(', ') }} order by age_days)
)

select * from running
