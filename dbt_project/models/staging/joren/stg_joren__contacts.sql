with

source as (
    select * from {{ source('raw', 'contacts') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by {{ shop_key_of('contact', 'contact_id') }} order by {{ newest_first() }}
        ) as newness
    from source
),

typed as (
    select
        {{ shop_key_of('contact', 'contact_id') }} as contact_id,
        {{ filled('brand_id') }} as brand_id,
        {{ person_key_of('member_id', 'mail') }} as person_key,
        {{ filled('medium') }} as contact_medium,
        {{ filled('direction') }} as direction,
        {{ plain_instant_of('contacted_at') }} as contacted_at,
        {{ plain_day_of('contacted_at') }} as contacted_on,
        {{ filled('result') }} as result,
        {{ filled('reason') }} as reason,
        {{ plain_day_of('call_again_on') }} as call_again_on
    from numbered
    where newness = 1
)

select * from typed
