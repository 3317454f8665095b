with

orders as (
    select * from {{ ref('int_orders_judged') }}
),

buyers as (
    select * from {{ ref('stg_shops__order_buyers') }}
),

products as (
    select * from {{ ref('int_order_products_ranked') }}
),

rules as (
    select * from {{ ref('order_rules') }}
),

persons_of_rules as (
    select distinct
        known.person_key,
        rules.rank
    from {{ ref('int_person_attributes_known') }} as known
    inner join rules
        on
            known.attribute = rules.attribute
            and coalesce(known.attribute_value = rules.attribute_value, {{ flag_of('known.attribute_value') }})
),

described as (
    select
        orders.*,
        buyers.mail,
        buyers.memo,
        buyers.family_name,
        coalesce(products.product_kind, 'regular') as product_kind
    from orders
    left join buyers
        on orders.order_id = buyers.order_id and orders.order_file_sha256 = buyers.file_sha256
    left join products on orders.order_id = products.order_id
),

fitted as (
    select
        described.order_id,
        min(rules.rank) as rank
    from described
    inner join rules
        on
            coalesce(described.shop_id = rules.shop_id, true)
            {% for cell in ['order_type', 'payment_method', 'memo', 'family_name'] -%}
            and (rules.{{ cell }} is null or coalesce(described.{{ cell }} like rules.{{ cell }}, false))
            {% endfor -%}
            and (rules.mail_domain is null or coalesce({{ is_mail_in('described.mail', 'rules.mail_domain') }}, false))
            and coalesce(described.product_kind = rules.product_kind, true)
            and coalesce(described.gross_yen >= rules.amount_from, true)
            and coalesce(described.gross_yen < rules.amount_to, true)
            and coalesce((described.subscription_id is not null) = rules.has_subscription, true)
            and coalesce(described.is_test = rules.is_test, true)
            and coalesce((described.replaces_order_id is not null) = rules.is_replacement, true)
    left join persons_of_rules
        on rules.rank = persons_of_rules.rank and described.person_key = persons_of_rules.person_key
    where rules.attribute is null or persons_of_rules.rank is not null
    group by described.order_id
),

classified as (
    select
        fitted.order_id,
        rules.order_kind,
        rules.counts_n,
        rules.counts_m,
        rules.counts_sales,
        rules.counts_mail
    from fitted
    inner join rules on fitted.rank = rules.rank
)

select * from classified
