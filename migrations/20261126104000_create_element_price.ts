import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table element_price (
      element_id text primary key check (element_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(element_id) <= 40),
      position smallint not null check (position >= 1),
      name_da text not null check (length(name_da) between 1 and 100),
      name_en text not null check (length(name_en) between 1 and 100),
      installation_type text not null check (installation_type in ('bench', 'planting', 'sculpture', 'playground', 'shelter',
        'multi-court', 'lighting', 'other')),
      unit text not null check (unit in ('piece', 'm', 'm2')),
      price_dkk integer not null check (price_dkk between 0 and 10000000),
      running_cost_dkk_per_year integer not null check (running_cost_dkk_per_year between 0 and 10000000),
      life_years smallint not null check (life_years between 1 and 100),
      price_level_year smallint not null check (price_level_year between 2000 and 2100),
      is_example boolean not null
    );
    comment on table element_price is 'What can be built, in the words of the park register, with what it costs to build and to keep';
    comment on column element_price.unit is 'Prices are per piece, running metre or square metre';
    comment on column element_price.is_example is 'True: an example that comes with the program, to be replaced by the municipality''s own price';
  `.execute(db)
}
