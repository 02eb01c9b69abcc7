import { type Kysely, sql } from 'kysely'

// The public part of the newest decided assessment of each public idea: no draft, no note, no name.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create view published_assessment as
      select distinct on (i.idea_id) i.idea_id, i.round_year, r.is_demo, i.title, i.category, i.district_id, a.occasion, a.outcome,
        a.public_reason, coalesce((
          select jsonb_agg(jsonb_build_object('question_id', answer.question_id, 'answer', answer.answer, 'public_text', answer.public_text)
            order by answer.question_id)
          from assessment_answer answer where answer.assessment_id = a.assessment_id and answer.public_text is not null), '[]') as answers,
        a.idea_version, i.version > a.idea_version as idea_changed, a.decided_at, a.correct_until, a.appeal_until, i.geom
      from assessment a join idea i using (idea_id) join round r on r.year = i.round_year
      where a.state = 'decided' and i.status = 'submitted'
      order by i.idea_id, a.assessment_id desc;
    comment on view published_assessment is
      'Kommunens svar på borgernes idéer, med begrundelse | What the municipality said of citizens'' ideas, with its reason';
    comment on column published_assessment.idea_id is 'Idéens nummer | Number of the idea';
    comment on column published_assessment.round_year is 'Rundens år | Year of the round';
    comment on column published_assessment.is_demo is 'Om runden er opfundet til prøve | Whether the round is invented for trying out';
    comment on column published_assessment.title is 'Idéens titel | Title of the idea';
    comment on column published_assessment.category is 'Hvad idéen handler om | What the idea is about';
    comment on column published_assessment.district_id is 'Bydel | District';
    comment on column published_assessment.occasion is 'Første svar, efter rettelse, efter klage eller nyt syn | First answer, after a correction, an appeal or another look';
    comment on column published_assessment.outcome is 'Kan, kan på betingelser, kan ikke eller mangler oplysninger | Feasible, on conditions, not, or needs information';
    comment on column published_assessment.public_reason is 'Begrundelse | Reason';
    comment on column published_assessment.answers is 'Svar, der er offentlige, med spørgsmålets id | Answers that are public, with the id of the question';
    comment on column published_assessment.idea_version is 'Den udgave af idéen, der blev set på | Version of the idea that was looked at';
    comment on column published_assessment.idea_changed is 'Om idéen er ændret siden | Whether the idea was changed since';
    comment on column published_assessment.decided_at is 'Hvornår svaret blev givet | When the answer was given';
    comment on column published_assessment.correct_until is 'Sidste dag idéen kan rettes | Last day for correcting the idea';
    comment on column published_assessment.appeal_until is 'Sidste dag for klage | Last day for an appeal';
    comment on column published_assessment.geom is 'Idéens sted | Place of the idea';

    insert into collection_version (collection) values ('assessments');
    create constraint trigger assessment_decided after insert or update of state or delete on assessment
      deferrable initially deferred for each row execute function bump_collection_version('assessments');
    create constraint trigger idea_of_assessment after update or delete on idea
      deferrable initially deferred for each row execute function bump_collection_version('assessments');
  `.execute(db)
}
