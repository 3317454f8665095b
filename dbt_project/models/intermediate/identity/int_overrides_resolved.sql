with

overrides as (
    select * from {{ ref('identity_overrides') }}
),

person_keys as (
    select
        person_key,
        {{ keyed_hash('person_key') }} as alias_id
    from {{ ref('int_person_keys_collected') }}
    where (select count(*) from overrides) > 0 -- else millions would be hashed for nobody
),

resolved as (
    select
        overrides.verdict,
        overrides.alias_id || ':' || overrides.other_alias_id as match_key,
        ours.person_key,
        theirs.person_key as other_person_key
    from overrides
    inner join person_keys as ours on overrides.alias_id = ours.alias_id
    inner join person_keys as theirs on overrides.other_alias_id = theirs.alias_id
)

select * from resolved
