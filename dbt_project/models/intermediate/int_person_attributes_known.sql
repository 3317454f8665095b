with

attributes as (
    select * from {{ ref('stg_joren__customer_attributes') }}
    where valid_from < {{ as_of() }} and valid_to >= {{ as_of() }}
),

customers as (
    select * from {{ ref('stg_shops__customers') }}
    where tags is not null
),

tags as (
    select
        person_key,
        trim(unnest(string_split(regexp_replace(tags, '[\[\]"]', '', 'g'), ','))) as tag
    from customers
),

known as (
    select
        person_key,
        attribute,
        attribute_value
    from attributes
    where person_key is not null
    union
    select
        person_key,
        'tag' as attribute,
        tag as attribute_value
    from tags
    where tag != ''
)

select * from known
