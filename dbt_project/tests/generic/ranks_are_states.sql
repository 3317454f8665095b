{#- The rank as of the day is the state in which everybody who has bought stands, whichever way it was come to. -#}
{% test ranks_are_states(model) %}
select
    states.scope,
    states.scheme,
    states.customer_id
from {{ ref('fct_customer_states') }} as states
left join {{ model }} as ranked
    on states.scope = ranked.scope and states.scheme = ranked.scheme and states.customer_id = ranked.customer_id
where
    states.scheme in (select scheme from {{ ref('rfm_ranks') }})
    and states.valid_to = {{ open_end() }}
    and states.state is distinct from coalesce(ranked.state, 'prospect')
{% endtest %}
