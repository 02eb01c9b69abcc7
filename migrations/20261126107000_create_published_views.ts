import { type Kysely, sql } from 'kysely'

// What leaves the house by OGC API Features and by the exports, and nothing else: no person, no hidden or withdrawn idea,
// no layer whose licence forbids it. Comments say the same in Danish and English, with " | " between.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- '2019', '2019-05' or '2019-05-04' as the days it may mean. A day that is not in the calendar counts on into the next month.
    create function days_of_reduced_date(written text) returns daterange language sql immutable strict as $$
      select case length(written)
        when 4 then daterange(first_day, (first_day + interval '1 year')::date)
        when 7 then daterange(first_day, (first_day + interval '1 month')::date)
        else daterange(first_day + day - 1, first_day + day) end
      from (select
        make_date(greatest(substr(written, 1, 4)::integer, 1),
          least(greatest(coalesce(nullif(substr(written, 6, 2), ''), '1')::integer, 1), 12), 1) as first_day,
        least(greatest(coalesce(nullif(substr(written, 9, 2), ''), '1')::integer, 1), 31) as day) as parts
    $$;

    create view published_district as
      select a.district_id, a.name, v.valid_from, v.is_official, v.attribution, round(ST_Area(a.geom)::numeric, 1)::float8 as area_m2, a.geom
      from current_district_area a join district_version v using (district_version_id);
    comment on view published_district is
      'Bydelenes omrids, som de gælder i dag | Outlines of the districts as they are in force today';
    comment on column published_district.district_id is 'Bydelens id | Id of the district';
    comment on column published_district.name is 'Navn | Name';
    comment on column published_district.valid_from is 'Første dag omridset gælder | First day the outline is in force';
    comment on column published_district.is_official is 'Om omridset er officielt | Whether the outline is official';
    comment on column published_district.attribution is 'Kilde, som skal nævnes | Source that must be named';
    comment on column published_district.area_m2 is 'Areal i kvadratmeter | Area in square metres';
    comment on column published_district.geom is 'Omrids | Outline';

    create view published_idea as
      select i.idea_id, i.round_year, r.is_demo, i.title, i.description, i.category, i.district_id, d.name as district_name, i.spans_districts,
        i.wished_amount_dkk, i.accessibility_note, i.upkeep_note,
        case ST_Dimension(i.geom) when 0 then 'point' when 1 then 'line' else 'area' end as shape,
        case when ST_Dimension(i.geom) = 1 then round(ST_Length(i.geom)::numeric, 1)::float8 end as length_m,
        case when ST_Dimension(i.geom) = 2 then round(ST_Area(i.geom)::numeric, 1)::float8 end as area_m2,
        i.version, i.created_at, i.updated_at, i.geom
      from idea i join district d using (district_id) join round r on r.year = i.round_year
      where i.status = 'submitted';
    comment on view published_idea is
      'Borgernes idéer, uden dem der er trukket tilbage | Ideas of citizens, without those withdrawn';
    comment on column published_idea.idea_id is 'Idéens nummer | Number of the idea';
    comment on column published_idea.round_year is 'Rundens år | Year of the round';
    comment on column published_idea.is_demo is 'Om runden er opfundet til prøve | Whether the round is invented for trying out';
    comment on column published_idea.title is 'Titel | Title';
    comment on column published_idea.description is 'Beskrivelse, som borgeren skrev den | Description as the citizen wrote it';
    comment on column published_idea.category is 'Hvad det handler om | What it is about';
    comment on column published_idea.district_id is 'Bydel, beregnet af stedet | District, computed from the place';
    comment on column published_idea.district_name is 'Bydelens navn | Name of the district';
    comment on column published_idea.spans_districts is 'Alle bydele idéen rækker ind i | All districts the idea reaches into';
    comment on column published_idea.wished_amount_dkk is 'Ønsket beløb i hele kroner | Wished amount in whole kroner';
    comment on column published_idea.accessibility_note is 'Borgerens ord om tilgængelighed | The citizen''s words on accessibility';
    comment on column published_idea.upkeep_note is 'Borgerens ord om drift | The citizen''s words on upkeep';
    comment on column published_idea.shape is 'Punkt (point), linje (line) eller flade (area) | Point, line or area';
    comment on column published_idea.length_m is 'Længde i meter, når idéen er en linje | Length in metres where the idea is a line';
    comment on column published_idea.area_m2 is 'Areal i kvadratmeter, når idéen er en flade | Area in square metres where the idea is an area';
    comment on column published_idea.version is 'Hvor mange gange idéen er skrevet | How many times the idea was written';
    comment on column published_idea.created_at is 'Hvornår idéen blev sat på kortet | When the idea was put on the map';
    comment on column published_idea.updated_at is 'Hvornår idéen sidst blev ændret | When the idea was last changed';
    comment on column published_idea.geom is 'Punkt, linje eller flade | Point, line or area';

    create view published_project as
      select p.project_id, p.round_year, p.district_id, d.name as district_name, p.title, p.description, p.category, p.place_text,
        p.position_accuracy, p.outcome, p.state, coalesce(p.shortlisted, p.state = 'shortlisted') as shortlisted, p.awarded_dkk, p.award_note, p.opened, p.opened_text,
        lower(days_of_reduced_date(p.opened)) as opened_from, upper(days_of_reduced_date(p.opened)) - 1 as opened_to,
        p.total_cost_dkk, p.funding, p.merged_from, p.follow_ups, p.continues_project_id, link.installation_id, p.label_point as geom
      from project p left join district d using (district_id) left join installation_project link using (project_id)
      where p.state is distinct from 'withdrawn';
    comment on view published_project is
      'Projekter, som bydelene har stemt om; det ukendte er tomt | Projects that districts voted on; what is unknown is empty';
    comment on column published_project.project_id is 'Projektets id | Id of the project';
    comment on column published_project.round_year is 'Rundens år | Year of the round';
    comment on column published_project.district_id is 'Bydel | District';
    comment on column published_project.district_name is 'Bydelens navn | Name of the district';
    comment on column published_project.title is 'Titel | Title';
    comment on column published_project.description is 'Beskrivelse | Description';
    comment on column published_project.category is 'Hvad det handler om | What it is about';
    comment on column published_project.place_text is 'Stedet med ord | The place in words';
    comment on column published_project.position_accuracy is 'Om punktet er nøjagtigt (exact) eller omtrentligt (approximate) | Whether the point is exact or approximate';
    comment on column published_project.state is 'Planlagt (planned) eller til afstemning (shortlisted); tom i runder, der er forbi | Planned or shortlisted; empty in rounds that are over';
    comment on column published_project.outcome is 'Vandt (won), tabte (lost) eller ikke oplyst (unknown) | Won, lost or unknown';
    comment on column published_project.shortlisted is 'Om projektet kom til afstemning | Whether the project came to the vote';
    comment on column published_project.awarded_dkk is 'Tildelt beløb i hele kroner | Award in whole kroner';
    comment on column published_project.award_note is 'Om tildelingen | On the award';
    comment on column published_project.opened is 'Indviet, så nøjagtigt som det vides (år, måned eller dag) | Opened, as exactly as known (year, month or day)';
    comment on column published_project.opened_text is 'Indvielsen med ord | The opening in words';
    comment on column published_project.opened_from is 'Første dag indvielsen kan have været | First day the opening may have been';
    comment on column published_project.opened_to is 'Sidste dag indvielsen kan have været | Last day the opening may have been';
    comment on column published_project.total_cost_dkk is 'Samlet pris i hele kroner | Total cost in whole kroner';
    comment on column published_project.funding is 'Penge fra andre end runden | Money from others than the round';
    comment on column published_project.merged_from is 'Hvad projektet blev lagt sammen af | What the project was merged from';
    comment on column published_project.follow_ups is 'Hvad der siden skete på stedet | What happened at the place later';
    comment on column published_project.continues_project_id is 'Projekt fra en tidligere runde, som dette fortsætter | Project of an earlier round that this one continues';
    comment on column published_project.installation_id is 'Anlægget det blev til | The installation it became';
    comment on column published_project.geom is 'Punktet, hvor nålen står | The point where its pin stands';

    create view published_installation as
      select i.installation_id, i.title, i.description, i.category, i.district_id, d.name as district_name, i.place_text, i.position_accuracy,
        i.opened, i.opened_text, lower(days_of_reduced_date(i.opened)) as opened_from, upper(days_of_reduced_date(i.opened)) - 1 as opened_to,
        came.project_ids, came.round_years, came.awarded_dkk, i.total_cost_dkk, i.funding, i.geom
      from installation i join district d using (district_id) cross join lateral (
        select coalesce(array_agg(p.project_id order by p.round_year, p.project_id), '{}') as project_ids,
          coalesce(array_agg(distinct p.round_year), '{}') as round_years,
          case when bool_and(p.awarded_dkk is not null) then sum(p.awarded_dkk)::integer end as awarded_dkk
        from installation_project link join project p using (project_id) where link.installation_id = i.installation_id
      ) came;
    comment on view published_installation is
      'Færdige anlæg i landskabet | Finished installations in the landscape';
    comment on column published_installation.installation_id is 'Anlæggets id | Id of the installation';
    comment on column published_installation.title is 'Titel | Title';
    comment on column published_installation.description is 'Beskrivelse | Description';
    comment on column published_installation.category is 'Hvad det handler om | What it is about';
    comment on column published_installation.district_id is 'Bydel | District';
    comment on column published_installation.district_name is 'Bydelens navn | Name of the district';
    comment on column published_installation.place_text is 'Stedet med ord | The place in words';
    comment on column published_installation.position_accuracy is 'Om punktet er nøjagtigt (exact) eller omtrentligt (approximate) | Whether the point is exact or approximate';
    comment on column published_installation.opened is 'Indviet, så nøjagtigt som det vides (år, måned eller dag) | Opened, as exactly as known (year, month or day)';
    comment on column published_installation.opened_text is 'Indvielsen med ord | The opening in words';
    comment on column published_installation.opened_from is 'Første dag indvielsen kan have været | First day the opening may have been';
    comment on column published_installation.opened_to is 'Sidste dag indvielsen kan have været | Last day the opening may have been';
    comment on column published_installation.project_ids is 'Projekterne det kom af | The projects it came from';
    comment on column published_installation.round_years is 'Runderne det kom af | The rounds it came from';
    comment on column published_installation.awarded_dkk is 'Tildelt beløb i alt i hele kroner; tomt når et er ukendt | Sum of the awards in whole kroner; empty where one is unknown';
    comment on column published_installation.total_cost_dkk is 'Samlet pris i hele kroner | Total cost in whole kroner';
    comment on column published_installation.funding is 'Penge fra andre end runden | Money from others than the round';
    comment on column published_installation.geom is 'Sted | Place';

    -- A layer without data is no collection: an empty map would look like "nothing here".
    create view published_constraint_layer as
      select l.layer_id, l.layer_number, l.name_da, l.name_en, l.law_da, l.law_en, l.rule_da, l.rule_en, l.attribution,
        s.constraint_dataset_id, s.source, s.dataset_date, s.loaded_at, s.feature_count, s.is_demo,
        l.failure_kind is not null as last_load_failed
      from constraint_layer l join constraint_dataset s on s.constraint_dataset_id = l.current_dataset_id
      where l.is_shareable and l.is_mapped;
    comment on view published_constraint_layer is
      'Bindingslag med data, som må deles | Constraint layers with data that may be shared';
    comment on column published_constraint_layer.last_load_failed is
      'Om den sidste indlæsning mislykkedes, så dataene er ældre end de burde | Whether the last load failed, so that the data is older than it should be';

    create view published_constraint_feature as
      select f.constraint_feature_id, l.layer_id, f.source_id, f.label, f.applies, l.dataset_date, l.loaded_at, l.is_demo, f.geom
      from published_constraint_layer l join constraint_feature f using (constraint_dataset_id);
    comment on view published_constraint_feature is
      'Flader, linjer og punkter i bindingslag, som må deles | Areas, lines and points of constraint layers that may be shared';
    comment on column published_constraint_feature.constraint_feature_id is 'Nummer; nyt når laget indlæses igen | Number; a new one when the layer is loaded again';
    comment on column published_constraint_feature.layer_id is 'Lagets id | Id of the layer';
    comment on column published_constraint_feature.source_id is 'Registerets eget nummer | Number in the register itself';
    comment on column published_constraint_feature.label is 'Navn | Name';
    comment on column published_constraint_feature.applies is 'Om reglen gælder her; falsk for flader, der kun hører til lagets dækning | Whether the rule bites here; false for areas that only belong to the layer''s coverage';
    comment on column published_constraint_feature.dataset_date is 'Dagen dataene beskriver | Day the data describes';
    comment on column published_constraint_feature.loaded_at is 'Hvornår dataene blev hentet | When the data was loaded';
    comment on column published_constraint_feature.is_demo is 'Eksempeldata, ikke rigtige | Example data, not real';
    comment on column published_constraint_feature.geom is 'Sted | Place';

    -- Pages of a layer go by number within its data.
    create index constraint_feature_page on constraint_feature (constraint_dataset_id, constraint_feature_id);
  `.execute(db)
}
