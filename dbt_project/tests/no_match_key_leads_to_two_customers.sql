-- Only a person's word, a refused cluster, or a mail address under which nobody knows which person an unnamed one is
-- may part the holders of a key: else the search for clusters has stopped too early.
with

kept_apart as (
    select other_person_key as person_key from {{ ref('int_overrides_resolved') }}
    where verdict = 'never'
),

rules as (
    select * from {{ ref('match_rules') }}
    where kind = 'person' and rule != 'same_mail_without_name'
),

held as (
    select
        match_keys.match_key,
        found.first_person_key
    from {{ ref('int_match_keys') }} as match_keys
    inner join rules on match_keys.rule = rules.rule
    inner join {{ ref('int_persons_matched') }} as found on match_keys.person_key = found.person_key
    left join kept_apart on match_keys.person_key = kept_apart.person_key
    where kept_apart.person_key is null and not found.is_refused
)

select match_key
from held
group by match_key
having min(first_person_key) != max(first_person_key)
