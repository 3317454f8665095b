with

touched as (
    select * from {{ ref('int_persons_touched') }}
),

touched_statements as (
    select statements.*
    from {{ ref('int_person_statements') }} as statements
    inner join touched on statements.person_key = touched.person_key
),

rematched as (
    select person_key from touched
    {% for value in shared_values().values() -%}
    union
    select person_key from {{ ref('int_person_statements') }}
    where {{ value }} in (select {{ value }} from touched_statements)
    {% endfor %}
)

select * from rematched
