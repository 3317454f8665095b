{#- Connected components of a graph, to the end. `pairs` (a CTE or table) has `node` and `other`, numbers, each pair in both
    directions, none twice. Gives for each node its component, named by the lowest number in it, and `reached_from`, the
    neighbour by which that name came: followed up, these lead from every node to the lowest (none for the lowest itself).
    In each round only those whose name became lower tell their neighbours; the rows of a node are replaced, not added
    (USING KEY). It ends when nobody has news: a chain of n nodes takes at most n rounds. -#}
{% macro components_of(pairs) -%}
    with recursive reached(node, component, reached_from) using key (node) as (
        select distinct
            node,
            node as component,
            cast(null as bigint) as reached_from
        from {{ pairs }}
        union
        select
            pairs.other as node,
            min(reached.component) as component,
            min_by(reached.node, row(reached.component, reached.node)) as reached_from
        from reached
        inner join {{ pairs }} as pairs on reached.node = pairs.node
        inner join recurring.reached as known on pairs.other = known.node
        where reached.component < known.component
        group by pairs.other
    )

    select * from reached
{%- endmacro %}

{#- Who is tied to whom, from a CTE of holders of match keys (person_number, match_key, rule, strength, known_on): each
    holder of a key to its first one, since a star connects whom all pairs would; in both directions and none twice, by the
    tie that held first, the strongest of that day. -#}
{% macro pairs_of(ties) -%}
    with hubs as (
        select
            match_key,
            min(person_number) as hub_number,
            min_by(known_on, person_number) as hub_known_on
        from {{ ties }}
        group by match_key
        having min(person_number) != max(person_number)
    ),

    tied as (
        select
            ties.person_number,
            hubs.hub_number,
            min(greatest(ties.known_on, hubs.hub_known_on)) as tied_since,
            min_by(ties.rule, row(greatest(ties.known_on, hubs.hub_known_on), -ties.strength, ties.rule)) as rule
        from {{ ties }} as ties
        inner join hubs on ties.match_key = hubs.match_key
        where ties.person_number != hubs.hub_number
        group by ties.person_number, hubs.hub_number
    )

    select person_number as node, hub_number as other, tied_since, rule from tied
    union all
    select hub_number as node, person_number as other, tied_since, rule from tied
{%- endmacro %}
