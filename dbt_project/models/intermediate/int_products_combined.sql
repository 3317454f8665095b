{%- set told = [
    'shop_id', 'brand_id', 'product_id', 'variant_id', 'product_code', 'product_name', 'product_family', 'product_category',
    'product_brand', 'product_kind', 'list_price_yen', 'price_yen', 'tax_rate', 'cost_ex_tax', 'days_of_use',
    'product_status'
] -%}

with

products as (
    select * from {{ ref('stg_shops__products') }}
),

{{ combined_by_cell('products', 'product_key', told, 'products.stated_at desc, products.feed asc') }}

select * from combined
