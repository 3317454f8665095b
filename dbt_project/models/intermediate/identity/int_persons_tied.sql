with

persons as (
    select * from {{ ref('int_persons_numbered') }}
),

overrides as (
    select * from {{ ref('int_overrides_resolved') }}
),

rules as (
    select * from {{ ref('match_rules') }}
    where kind = 'person'
),

kept_apart as (
    select other_person_key as person_key from overrides
    where verdict = 'never'
),

told as (
    select
        match_keys.person_key,
        match_keys.match_key,
        match_keys.rule,
        match_keys.is_named,
        match_keys.known_on
    from {{ ref('int_match_keys') }} as match_keys
    where match_keys.person_key not in (select kept_apart.person_key from kept_apart)
    union all
    select
        person_key,
        match_key,
        'always' as rule,
        true as is_named,
        cast(null as date) as known_on
    from overrides
    where verdict = 'always'
    union all
    select
        other_person_key as person_key,
        match_key,
        'always' as rule,
        true as is_named,
        cast(null as date) as known_on
    from overrides
    where verdict = 'always'
),

tied as (
    select
        persons.person_number,
        told.match_key,
        told.rule,
        rules.strength,
        told.is_named,
        coalesce(told.known_on, persons.known_on) as known_on
    from told
    inner join rules on told.rule = rules.rule
    inner join persons on told.person_key = persons.person_key
)

select * from tied
