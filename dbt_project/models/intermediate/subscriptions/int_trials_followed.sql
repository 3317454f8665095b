with

lines as (
    select * from {{ ref('int_order_lines_costed') }}
    where is_valid and customer_id is not null and product_kind in ('trial', 'regular')
),

media as (
    select * from {{ ref('int_order_media_chosen') }}
),

trials as (
    select * from lines
    where product_kind = 'trial'
    qualify row_number() over (partition by customer_id order by ordered_on, order_id, line_id) = 1
),

followed as (
    select
        trials.customer_id,
        min(trials.ordered_on) as trial_on,
        min(trials.item_key) as item_key,
        coalesce(min(media.medium_id), 'unknown') as medium_id,
        min(lines.ordered_on) filter (where lines.order_id != trials.order_id) as raised_on,
        min(lines.ordered_on) filter (
            where lines.order_id != trials.order_id and lines.order_kind = 'subscription'
        ) as subscribed_on
    from trials
    left join media on trials.order_id = media.order_id
    left join lines on trials.customer_id = lines.customer_id and lines.product_kind = 'regular'
    group by trials.customer_id
),

prospects as (
    select * from followed
    where raised_on is null or raised_on >= trial_on
)

select * from prospects
