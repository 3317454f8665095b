with

media as (
    select * from {{ ref('stg_joren__order_media') }}
),

ranked as (
    select
        order_id,
        medium_id,
        row_number() over (
            partition by order_id
            order by
                case attribution_model when 'first' then 1 when 'last' then 2 when 'asked' then 3 else 4 end asc,
                attribution_model asc,
                medium_id asc
        ) as preference
    from media
),

chosen as (
    select
        order_id,
        medium_id
    from ranked
    where preference = 1
)

select * from chosen
