import { type Kysely, sql } from 'kysely'

// What an author put right, beside their own words about it.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table assessment_event
      add column corrected_fields text[],
      add check (kind = 'corrected' or corrected_fields is null),
      add check (corrected_fields <@ array['title', 'description', 'category', 'geometry', 'wishedAmountDkk', 'accessibilityNote',
        'upkeepNote', 'pictureIds']);
    comment on column assessment_event.corrected_fields is 'Fields of the idea that a correction changed, by the names they are sent with; null where that was not written down';

    drop trigger assessment_event_kept on assessment_event;
    create trigger assessment_event_kept before update of idea_id, assessment_id, kind, is_author, outcome, detail, department, deadline,
      happened_at, corrected_fields on assessment_event for each row execute function refuse_change();
  `.execute(db)
}
