with

ties as (
    select * from {{ ref('int_persons_tied') }}
),

named_ties as (
    select * from ties
    where rule != 'same_mail_without_name'
),

named_pairs as (
    {{ pairs_of('named_ties') }}
),

components as (
    {{ components_of('named_pairs') }} -- noqa: PRS
),

mail_ties as (
    select
        ties.*,
        coalesce(components.component, ties.person_number) as component,
        count(*) over (partition by ties.person_number) as mails
    from ties
    left join components on ties.person_number = components.node
    where ties.rule = 'same_mail_without_name'
),

mails_of_one as (
    select
        match_key,
        coalesce(min(person_number) filter (where is_named), min(person_number)) as host_number
    from mail_ties
    group by match_key
    having count(distinct component) filter (where is_named) <= 1
),

unnamed_ties as (
    select mail_ties.*
    from mail_ties
    inner join mails_of_one on mail_ties.match_key = mails_of_one.match_key
    where mail_ties.person_number = mails_of_one.host_number or (not mail_ties.is_named and mail_ties.mails = 1)
),

unnamed_pairs as (
    {{ pairs_of('unnamed_ties') }}
),

pairs as (
    select * from named_pairs
    union all
    select unnamed_pairs.*
    from unnamed_pairs
    left join named_pairs on unnamed_pairs.node = named_pairs.node and unnamed_pairs.other = named_pairs.other
    where named_pairs.node is null
)

select * from pairs
