-- Large tables are named where they are read: DuckDB would copy a CTE that is read twice.
with

orders as (
    {% for is_new in news_of('version_file_sha256', 'effective_on') -%}
    select order_id from {{ ref('int_order_versions_dated') }}
    where {{ is_new }}
    {{ 'union' if not loop.last }}
    {% endfor -%}
),

touched as (
    select person_key from {{ ref('stg_shops__customer_statements') }}
    where {{ is_news('file_sha256', 'known_on') }}
    union
    select person_key from {{ ref('stg_shops__customers') }}
    where {{ is_news('file_sha256', 'registered_on') }} or {{ is_news('first_told_in', 'registered_on') }}
    union
    {% for is_new in news_of('file_sha256', 'known_on') -%}
    select person_key from {{ ref('stg_shops__order_buyers') }}
    where person_key is not null and {{ is_new }}
    union
    {% endfor -%}
    -- an order that is told of somebody else leaves its former buyer
    select person_key from {{ ref('stg_shops__order_buyers') }}
    where person_key is not null and order_id in (select orders.order_id from orders)
    {% if in_increment() -%}
    union
    -- whom a shop knows by name, telephone and post code alone has another key when these change
    select person_key from {{ as_last_built('int_person_keys_collected') }}
    where
        registered_on is not null and split_part(person_key, ':', 2) = 'buyer'
        and person_key not in (select members.person_key from {{ ref('stg_shops__customers') }} as members)
    {%- endif %}
)

select * from touched
