{%- set told = [
    'product_name', 'product_family', 'product_category', 'product_kind', 'tax_rate', 'cost_ex_tax', 'days_of_use'
] -%}

with

products as (
    select
        *,
        {{ item_key_of('products') }} as item_key
    from {{ ref('int_products_combined') }} as products
),

starts as (
    select distinct
        item_key,
        valid_from as started_on
    from products
),

in_force as (
    select
        products.*,
        starts.started_on,
        row_number() over (
            partition by starts.item_key, starts.started_on order by products.valid_from desc, products.product_key asc
        ) as preference
    from starts
    inner join products
        on
            starts.item_key = products.item_key
            and starts.started_on >= products.valid_from
            and starts.started_on < products.valid_to
),

described as (
    select
        item_key,
        started_on as valid_from,
        {%- for column in told %}
        min_by({{ column }}, preference) filter (where {{ column }} is not null) as {{ column }},
        {%- endfor %}
        lead(started_on, 1, {{ open_end() }}) over (partition by item_key order by started_on) as valid_to
    from in_force
    group by item_key, started_on
)

select * from described
