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

{{ combined_by_cell('products', 'item_key', told, 'products.valid_from desc, products.product_key asc') }}

select * from combined
