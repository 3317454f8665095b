with

source as (
    select
        *,
        coalesce(
            {{ code_of('product_code') }},
            {{ code_of('product_id') }} || coalesce(':' || {{ code_of('variant_id') }}, '')
        ) as product_number,
        coalesce({{ plain_day_of('valid_from') }}, {{ open_start() }}) as valid_from_on
    from {{ source('raw', 'products') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by _feed, shop_id, product_number, valid_from_on
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('product', 'product_number') }} as product_key,
        _feed as feed,
        {{ filled('shop_id') }} as shop_id,
        {{ filled('brand_id') }} as brand_id,
        {{ code_of('product_id') }} as product_id,
        {{ code_of('variant_id') }} as variant_id,
        {{ code_of('product_code') }} as product_code,
        {{ filled('product_name') }} as product_name,
        {{ filled('family') }} as product_family,
        {{ filled('category') }} as product_category,
        {{ filled('brand') }} as product_brand,
        {{ filled('product_kind') }} as product_kind,
        {{ yen_of('list_price') }} as list_price_yen,
        {{ yen_of('price') }} as price_yen,
        {{ percent_of('tax_rate') }} as tax_rate,
        {{ exact_yen_of('cost') }} as cost_ex_tax,
        {{ decimal_of('days_of_use', 'number of days') }} as days_of_use,
        {{ filled('status') }} as product_status,
        valid_from_on as valid_from,
        _exported_at as stated_at
    from numbered
    where newness = 1
),

spanned as (
    select
        *,
        lead(valid_from, 1, {{ open_end() }}) over (
            partition by feed, product_key order by valid_from
        ) as valid_to
    from typed
)

select * from spanned
