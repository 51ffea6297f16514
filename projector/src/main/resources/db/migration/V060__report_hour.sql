-- What the calls that began within an hour add up to, by direction: of one business number, and of all of them (total).
-- Written by differences: each batch of the projection takes away what the calls it touches added before and adds what
-- they add now, in its own transaction. A row goes when its calls have all moved elsewhere.
-- Sketches: DurationSketch.java draws them; one behind the other they are their sum.
create table report_hour (
    account       text        not null,
    total         boolean     not null, -- of all numbers; its number is ''
    number        text        not null, -- '' where calls name none
    hour          timestamptz not null,
    direction     text        not null,
    open          integer     not null default 0, -- no end is known of them
    answered      integer     not null default 0,
    missed        integer     not null default 0,
    voicemail     integer     not null default 0,
    dropped       integer     not null default 0,
    unanswered    integer     not null default 0,
    unknown       integer     not null default 0,
    recorded      integer     not null default 0, -- answered, with a recording
    answer_count  integer     not null default 0, -- answered calls of which the wait is known
    answer_micros bigint      not null default 0,
    answer_sketch bytea       not null default '',
    lost_count    integer     not null default 0, -- lost calls of which the wait is known
    lost_micros   bigint      not null default 0,
    lost_sketch   bytea       not null default '',
    talk_count    integer     not null default 0, -- answered calls of which the talk time is known
    talk_micros   bigint      not null default 0,
    talk_sketch   bytea       not null default '',
    primary key (account, total, number, hour, direction)
) with (fillfactor = 70);
