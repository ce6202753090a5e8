-- phase: expand
--
-- What was recorded. The sound itself is in the object store; this is what is known about it.

create table audio_files (
    id             uuid        primary key default gen_random_uuid(),
    session_id     uuid,
    client_id      uuid        not null,
    title          text        not null,
    stage          text        not null,
    status         text        not null default 'UPLOADING',
    object_key     text        not null,
    bytes          bigint      not null,
    sha256         bytea,
    codec          text        not null,
    sample_rate_hz integer     not null,
    bit_depth      smallint    not null,
    channels       smallint    not null,
    duration_ms    bigint      not null,
    created_at     timestamptz not null default now(),
    constraint audio_files_title_length check (char_length(title) between 1 and 200),
    constraint audio_files_stage_known check (stage in ('TAKE', 'ROUGH', 'MIX', 'MASTER', 'STEM')),
    constraint audio_files_status_known check (status in ('UPLOADING', 'PROCESSING', 'READY', 'APPROVED', 'FAILED', 'DELETED')),
    constraint audio_files_codec_known check (codec in ('WAV', 'AIFF', 'FLAC', 'MP3', 'AAC')),
    constraint audio_files_bytes_positive check (bytes >= 0),
    constraint audio_files_sha256_length check (octet_length(sha256) = 32),
    constraint audio_files_sample_rate_sane check (sample_rate_hz between 8000 and 768000),
    constraint audio_files_bit_depth_known check (bit_depth in (16, 24, 32)),
    constraint audio_files_channels_sane check (channels between 1 and 64),
    constraint audio_files_duration_positive check (duration_ms >= 0),
    constraint audio_files_object_key_key unique (object_key),
    constraint audio_files_session_fkey foreign key (session_id) references sessions (id),
    constraint audio_files_client_fkey foreign key (client_id) references clients (id)
);
create index audio_files_session_idx on audio_files (session_id);
create index audio_files_client_idx on audio_files (client_id, created_at);

grant select, insert, update on audio_files to cloison_app;
grant select on audio_files to cloison_reader;
