with

source as (
    select * from {{ source('raw', 'eccube_orders') }}
),

statements as (
    select
        shop_id || ':order:' || {{ filled('order_id') }} as order_id,
        _file_sha256 as file_sha256,
        {{ tokyo_day('_exported_at') }} as exported_on,
        _exported_at as exported_at,
        min(_row_number) as first_row_number,
        min_by({{ filled('status_id') }}, _row_number) as status_id,
        min_by({{ filled('status') }}, _row_number) as status_label
    from source
    group by shop_id, {{ filled('order_id') }}, _file_sha256, _exported_at
),

numbered as (
    select
        *,
        row_number() over (partition by order_id order by exported_at desc, file_sha256 desc) as newness
    from statements
)

select * from numbered
