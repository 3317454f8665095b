{%- set told = [
    'event', 'mail', 'happened_at', 'provider_message_id', 'token', 'reason', 'response', 'provider_status',
    'bounce_type', 'bounce_classification', 'attempt', 'url', 'user_agent', 'is_machine_open', 'group_id', 'categories'
] -%}

with

source as (
    select * from {{ source('raw', 'provider_events') }}
),

typed as (
    select
        lower({{ filled('event') }}) as event,
        {{ normalised_mail('mail') }} as mail,
        {{ plain_instant_of('happened_at') }} as happened_at,
        {{ plain_day_of('happened_at') }} as happened_on,
        {{ filled('provider_message_id') }} as provider_message_id,
        {{ filled('token') }} as token,
        {{ filled('reason') }} as reason,
        {{ filled('response') }} as response,
        {{ filled('status') }} as provider_status,
        lower({{ filled('bounce_type') }}) as bounce_type,
        {{ filled('bounce_classification') }} as bounce_classification,
        {{ count_of('attempt') }} as attempt,
        {{ filled('url') }} as url,
        {{ filled('user_agent') }} as user_agent,
        coalesce(lower({{ filled('machine_opened') }}) in ('true', '1'), false) as is_machine_open,
        {{ filled('group_id') }} as group_id,
        {{ texts_of('categories') }} as categories,
        {{ filled('event_id') }} as provider_event_id,
        _exported_at,
        _file_sha256
    from source
),

named as (
    select
        *,
        {{ hash_of(content_of(told)) }} as event_id
    from typed
),

distinct_events as (
    select
        event_id,
        {{ told | join(', ') }},
        happened_on,
        min(provider_event_id) as provider_event_id,
        min_by(_file_sha256, row(_exported_at, _file_sha256)) as file_sha256
    from named
    group by event_id, {{ told | join(', ') }}, happened_on
)

select * from distinct_events
