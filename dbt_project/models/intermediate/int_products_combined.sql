{%- set told = [
    'brand_id', 'product_id', 'variant_id', 'product_code', 'product_name', 'product_family', 'product_category',
    'product_brand', 'product_kind', 'list_price_yen', 'price_yen', 'tax_rate', 'cost_ex_tax', 'days_of_use',
    'product_status'
] -%}

with

products as (
    select * from {{ ref('stg_shops__products') }}
),

starts as (
    select distinct
        product_key,
        valid_from as started_on
    from products
),

in_force as (
    select
        products.*,
        starts.started_on,
        row_number() over (
            partition by starts.product_key, starts.started_on order by products.stated_at desc, products.feed asc
        ) as newness
    from starts
    inner join products
        on
            starts.product_key = products.product_key
            and starts.started_on >= products.valid_from
            and starts.started_on < products.valid_to
),

combined as (
    select
        product_key,
        shop_id,
        started_on as valid_from,
        {%- for column in told %}
        min_by({{ column }}, newness) filter (where {{ column }} is not null) as {{ column }},
        {%- endfor %}
        lead(started_on, 1, {{ open_end() }}) over (partition by product_key order by started_on) as valid_to
    from in_force
    group by product_key, shop_id, started_on
)

select * from combined
