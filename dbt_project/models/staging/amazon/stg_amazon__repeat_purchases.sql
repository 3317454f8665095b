with

source as (
    select * from {{ source('raw', 'repeat_purchases') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                {{ shop_key_of('product', 'product_id') }}, {{ plain_day_of('period_from') }},
                {{ plain_day_of('period_to') }}
            order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ filled('shop_id') }} as shop_id,
        {{ filled('brand_id') }} as brand_id,
        {{ code_of('product_id') }} as product_id,
        {{ plain_day_of('period_from') }} as period_from,
        {{ days_after(plain_day_of('period_to'), 1) }} as period_to,
        {{ count_of('orders') }} as orders,
        {{ count_of('customers') }} as customers,
        {{ decimal_of('repeat_customers_share', 'share') }} as repeat_customers_share,
        case
            when coalesce({{ filled('currency') }}, 'JPY') = 'JPY'
                then cast(round({{ decimal_of('repeat_sales', 'amount') }}) as bigint)
        end as repeat_sales_yen,
        {{ decimal_of('repeat_sales_share', 'share') }} as repeat_sales_share
    from numbered
    where newness = 1
)

select * from typed
