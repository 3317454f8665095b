with

orders as (
    select * from {{ ref('fct_orders') }}
    where customer_id is not null
    qualify row_number() over (
        partition by customer_id order by ordered_at desc, order_id desc
    ) <= {{ var('card_orders') }}
),

lines as (
    select * from {{ ref('fct_order_lines') }}
    where line_kind = 'product'
),

goods as (
    select
        orders.order_id,
        {{ joined_texts(
            "coalesce(lines.product_name, lines.product_code, '商品名なし') || '×' || lines.quantity", '、', 'lines.line_id'
        ) }} as goods
    from orders
    inner join lines on orders.order_id = lines.order_id
    group by orders.order_id
),

worded as (
    select
        orders.customer_id,
        orders.ordered_at,
        orders.order_id,
        concat_ws(
            ' ',
            orders.ordered_on,
            case orders.order_state
                when 'pending' then '入金待ち'
                when 'active' then '受付'
                when 'fulfilled' then '発送済'
                when 'cancelled' then '取消'
                else '返品'
            end,
            goods.goods,
            orders.total_yen || '円'
        ) as wording
    from orders
    left join goods on orders.order_id = goods.order_id
),

joined as (
    select
        customer_id,
        {{ joined_texts('wording', ' / ', 'ordered_at desc, order_id desc') }} as last_orders
    from worded
    group by customer_id
)

select * from joined
