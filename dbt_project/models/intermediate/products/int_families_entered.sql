with

firsts as (
    select * from {{ ref('int_items_bought') }}
    where level = 'family' and nth = 1
),

ranked as (
    select
        customer_id,
        item,
        ordered_on,
        row_number() over (partition by customer_id order by ordered_on, item) as family_number
    from firsts
),

entered as (
    select
        customer_id,
        min(item) filter (where family_number = 1) as first_family,
        min(ordered_on) as first_on,
        min(ordered_on) filter (where family_number = 2) as second_on,
        min(ordered_on) filter (where family_number = 3) as third_on,
        count(*) as families
    from ranked
    group by customer_id
)

select * from entered
