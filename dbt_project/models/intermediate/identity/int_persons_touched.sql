with

customers as (
    select * from {{ ref('stg_shops__customer_statements') }}
),

buyers as (
    select * from {{ ref('stg_shops__order_buyers') }}
),

touched as (
    select person_key from customers
    where known_on < {{ as_of() }} and {{ is_news('file_sha256', 'known_on') if in_increment() else 'false' }}
    union
    select person_key from buyers
    where
        person_key is not null and known_on < {{ as_of() }}
        and {{ is_news('file_sha256', 'known_on') if in_increment() else 'false' }}
)

select * from touched
