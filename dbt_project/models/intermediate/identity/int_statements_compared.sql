-- depends_on: {{ ref('int_persons_rematched') }}
with

statements as (
    select * from {{ ref('int_person_statements') }}
),

{% if in_increment() -%}
asked as (
    select * from statements
    where {{ in_scope('person_key', 'int_persons_rematched') }}
),

{% endif -%}

{% for kind, value in shared_values().items() -%}
shared_{{ kind }} as (
    select {{ value }} as shared_value
    from statements
    where {{ value }} {{ 'in (select ' ~ value ~ ' from asked)' if in_increment() else 'is not null' }}
    group by {{ value }}
    having min(person_key) != max(person_key)
),

{% endfor -%}

compared as (
    {% for kind, value in shared_values().items() -%}
    select
        '{{ kind }}' as kind,
        shared_{{ kind }}.shared_value,
        statements.person_key,
        statements.known_on,
        {{ folded_columns() | join(', ') }}
    from statements
    inner join shared_{{ kind }} on {{ value }} = shared_{{ kind }}.shared_value
    {{ 'union all' if not loop.last }}
    {% endfor -%}
),

seldom_named as (
    select distinct person_key from statements
    where {{ told_name() }} is null
    {{ 'and person_key in (select compared.person_key from compared)' if in_increment() }}
),

unnamed as (
    select statements.person_key
    from statements
    inner join seldom_named on statements.person_key = seldom_named.person_key
    group by statements.person_key
    having count({{ told_name() }}) = 0
),

marked as (
    select
        compared.*,
        unnamed.person_key is not null as is_unnamed
    from compared
    left join unnamed on compared.person_key = unnamed.person_key
)

select * from marked
