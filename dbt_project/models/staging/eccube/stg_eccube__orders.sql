with

source as (
    select * from {{ source('raw', 'eccube_orders') }}
),

newest as (
    select * from {{ ref('stg_eccube__order_statements') }}
    where newness = 1
),

order_rows as (
    select source.*
    from source
    inner join newest
        on
            source.shop_id || ':order:' || {{ filled('source.order_id') }} = newest.order_id
            and source._file_sha256 = newest.file_sha256
            and source._row_number = newest.first_row_number
),

typed as (
    select
        shop_id || ':order:' || {{ filled('order_id') }} as order_id,
        shop_id,
        brand_id,
        {{ filled('member_id') }} as member_id,
        {{ normalised_mail('mail') }} as mail,
        {{ filled('family_name') }} as family_name,
        {{ filled('given_name') }} as given_name,
        {{ filled('family_kana') }} as family_kana,
        {{ filled('given_kana') }} as given_kana,
        {{ filled('postcode') }} as postcode,
        {{ filled('prefecture') }} as prefecture,
        {{ filled('address1') }} as address1,
        {{ filled('address2') }} as address2,
        {{ filled('phone') }} as phone,
        {{ filled('sex_id') }} as sex_id,
        {{ birthday_of('birthday') }} as birthday,
        {{ filled('status_id') }} as status_id,
        {{ utc_from_tokyo(timestamp_of('ordered_at')) }} as ordered_at,
        cast({{ timestamp_of('ordered_at') }} as date) as ordered_on,
        {{ yen_of('subtotal') }} as goods_yen,
        coalesce({{ yen_of('discount') }}, 0) as discount_yen,
        coalesce({{ yen_of('postage') }}, 0) as postage_yen,
        {{ yen_of('total') }} as total_yen
    from order_rows
),

keyed as (
    select
        *,
        case
            when member_id is not null then shop_id || ':member:' || member_id
            else shop_id || ':guest:' || mail
        end as person_key
    from typed
)

select * from keyed
