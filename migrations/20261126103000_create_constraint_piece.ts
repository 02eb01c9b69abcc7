import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table constraint_piece (
      constraint_piece_id bigint generated always as identity primary key,
      constraint_feature_id bigint not null references constraint_feature on delete cascade,
      constraint_dataset_id integer not null,
      layer_number smallint not null,
      reach_m double precision not null,
      applies boolean not null,
      is_cut boolean not null,
      geom geometry(Geometry, 25832) not null
    );
    comment on table constraint_piece is 'The features of constraint layers in single parts of few corners, so that the check reads little (EPSG:25832)';
    comment on column constraint_piece.is_cut is 'True: one of several that a part of many corners was cut into; its cuts are no border';
    create index constraint_piece_feature on constraint_piece (constraint_feature_id);
    comment on column constraint_piece.reach_m is 'How far its layer''s rule bites or warns, as the layer has it';
    -- Each piece with its own reach: one search finds what may concern a place, and nothing is read with another layer's reach.
    create index constraint_piece_place on constraint_piece using gist (ST_Expand(geom, reach_m));

    create function fill_constraint_piece() returns trigger language plpgsql as $$
    begin
      insert into constraint_piece (constraint_feature_id, constraint_dataset_id, layer_number, reach_m, applies, is_cut, geom)
      select f.constraint_feature_id, f.constraint_dataset_id, f.layer_number, l.distance_m + l.warn_m, f.applies, ST_NPoints(part.geom) > 128,
        piece.geom
      from added f join constraint_layer l using (layer_id) cross join lateral ST_Dump(f.geom) part
      cross join lateral (
        select part.geom where ST_NPoints(part.geom) <= 128
        union all
        select ST_Subdivide(part.geom, 128, 0.0001) where ST_NPoints(part.geom) > 128
      ) piece
      where not ST_IsEmpty(piece.geom);
      return null;
    end $$;
    create trigger constraint_feature_pieces after insert on constraint_feature referencing new table as added
      for each statement execute function fill_constraint_piece();

    create function follow_layer_reach() returns trigger language plpgsql as $$
    begin
      update constraint_piece set reach_m = new.distance_m + new.warn_m where layer_number = new.layer_number;
      return null;
    end $$;
    create trigger constraint_layer_reach after update of distance_m, warn_m on constraint_layer for each row
      when (old.distance_m + old.warn_m <> new.distance_m + new.warn_m) execute function follow_layer_reach();

    -- What a place and a piece that touch it have in common. Overlays go by a grid of a tenth of a millimetre: without it
    -- GEOS may throw where edges nearly coincide. Most pieces need none: one holds the other when it stays off its border.
    create function shared_part(place geometry, piece geometry) returns geometry language plpgsql immutable strict parallel safe as $$
    begin
      if ST_Dimension(piece) = 2 and ST_Distance(place, ST_Boundary(piece)) > 0.0001 then
        return place;
      elsif ST_Dimension(place) = 2 and ST_Distance(piece, ST_Boundary(place)) > 0.0001 then
        return piece;
      end if;
      return ST_Intersection(place, piece, 0.0001);
    end $$;

    -- Whether the inner points of two single parts that touch meet in what they share; less than the grid counts as nothing.
    create function interiors_meet(one geometry, other geometry, shared geometry) returns boolean
    language plpgsql immutable strict parallel safe as $$
    declare
      low geometry := case when ST_Dimension(one) <= ST_Dimension(other) then one else other end;
      high geometry := case when ST_Dimension(one) <= ST_Dimension(other) then other else one end;
    begin
      if ST_Dimension(low) = 0 then
        return coalesce(ST_Distance(low, ST_Boundary(high)) > 0.0001, true);
      elsif ST_Dimension(low) = 2 then
        return ST_Area(shared) > 0.0001 * ST_Perimeter(shared);
      elsif ST_Dimension(high) = 2 then
        return ST_Distance(shared, ST_Boundary(high)) > 0.0001
          or ST_Length(ST_Difference(shared, ST_Boundary(high), 0.0001)) > 0.0002;
      end if;
      return ST_Length(shared) > 0.0002 or exists (
        select from ST_DumpPoints(shared) point
        where coalesce(ST_Distance(point.geom, ST_Collect(ST_Boundary(low), ST_Boundary(high))) > 0.0002, true)
      );
    end $$;
  `.execute(db)
}
