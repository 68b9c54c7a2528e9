#include "study/attendance.h"

#include <glib.h>
#include <string.h>

#include "tocsin/wording.h"

struct toc_attendance {
    GHashTable *sets[TOC_ATTENDANCE_KINDS]; /* for looking up; order is that of the lists */
    GPtrArray *lists[TOC_ATTENDANCE_KINDS];
    int64_t minute; /* at work */
    uint32_t noted; /* in it */
    uint32_t busiest, busiest_minute;
};

toc_attendance *toc_attendance_create(void) {
    toc_attendance *attendance = g_new0(toc_attendance, 1);
    for (int i = 0; i < TOC_ATTENDANCE_KINDS; i++) {
        attendance->sets[i] = g_hash_table_new(g_str_hash, g_str_equal);
        attendance->lists[i] = g_ptr_array_new_with_free_func(g_free);
    }
    return attendance;
}

void toc_attendance_destroy(toc_attendance *attendance) {
    if (attendance == NULL) {
        return;
    }
    for (int i = 0; i < TOC_ATTENDANCE_KINDS; i++) {
        g_hash_table_unref(attendance->sets[i]);
        g_ptr_array_unref(attendance->lists[i]);
    }
    g_free(attendance);
}

static void add(toc_attendance *attendance, toc_attendance_kind kind, const char *name) {
    if (!g_hash_table_contains(attendance->sets[kind], name)) {
        char *own = g_strdup(name);
        g_ptr_array_add(attendance->lists[kind], own);
        (void)g_hash_table_add(attendance->sets[kind], own);
    }
}

/* What an evaluator writes down. */
static void note(toc_attendance *attendance, toc_time time) {
    int64_t minute = time / TOC_MINUTE;
    attendance->noted = minute == attendance->minute ? attendance->noted + 1 : 1;
    attendance->minute = minute;
    if (attendance->noted > attendance->busiest) {
        attendance->busiest = attendance->noted;
        attendance->busiest_minute = (uint32_t)minute;
    }
}

static void see_objective(toc_attendance *attendance, const toc_trace_entry *entry) {
    bool begins = strcmp(entry->verb, "started") == 0;
    bool is_met = strcmp(entry->verb, "met") == 0;
    if (begins || is_met) {
        add(attendance, is_met ? TOC_ATTENDANCE_OBJECTIVE_MET : TOC_ATTENDANCE_OBJECTIVE_BEGUN,
            entry->subject);
    }
    if (!begins) {
        note(attendance, entry->time);
    }
}

static void see_leak(toc_attendance *attendance, const toc_trace_entry *entry) {
    char *words = g_strdup_printf("%s tells %s what is marked TLP:%s", entry->actor, entry->text,
                                  entry->verb);
    add(attendance, TOC_ATTENDANCE_LEAK, words);
    g_free(words);
}

static void see_expectation(toc_attendance *attendance, const toc_trace_entry *entry) {
    bool is_met = strncmp(entry->text, "met", 3) == 0 || strncmp(entry->text, "late", 4) == 0;
    add(attendance, is_met ? TOC_ATTENDANCE_ANSWERED : TOC_ATTENDANCE_EXPECTED, entry->subject);
}

void toc_attendance_see(void *object, const toc_trace_entry *entry) {
    toc_attendance *attendance = object;
    bool is_seat = entry->kind == TOC_TRACE_FACT && strcmp(entry->verb, "seat") == 0;
    if (is_seat) {
        add(attendance, TOC_ATTENDANCE_SEAT, entry->subject);
    } else if (entry->kind == TOC_TRACE_INJECT || entry->kind == TOC_TRACE_HELD) {
        add(attendance, TOC_ATTENDANCE_INJECT, entry->subject);
        note(attendance, entry->time);
    } else if (entry->kind == TOC_TRACE_CONDITION) {
        add(attendance, TOC_ATTENDANCE_CONDITION, entry->subject);
    } else if (entry->kind == TOC_TRACE_DUTY) {
        add(attendance, TOC_ATTENDANCE_DUTY, entry->subject);
    } else if (entry->kind == TOC_TRACE_OBJECTIVE) {
        see_objective(attendance, entry);
    } else if (entry->kind == TOC_TRACE_DELIVERED) {
        add(attendance, TOC_ATTENDANCE_SEAT_TOLD, entry->actor);
    } else if (entry->kind == TOC_TRACE_ACTION) {
        add(attendance, TOC_ATTENDANCE_SEAT_ACTING, entry->actor);
    } else if (entry->kind == TOC_TRACE_EXPECTATION) {
        see_expectation(attendance, entry);
    } else if (entry->kind == TOC_TRACE_LEAK) {
        see_leak(attendance, entry);
    }
}

void toc_attendance_end(void *object, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_wording_lacking(drill); i++) {
        toc_place place = toc_wording_lacking_at(drill, i);
        char *name = g_strdup_printf("%s:%u:%u", place.file, place.line, place.column);
        add(object, TOC_ATTENDANCE_SINGLE, name);
        g_free(name);
    }
}

void toc_attendance_merge(toc_attendance *into, const toc_attendance *from) {
    for (int i = 0; i < TOC_ATTENDANCE_KINDS; i++) {
        for (guint k = 0; k < from->lists[i]->len; k++) {
            add(into, (toc_attendance_kind)i, g_ptr_array_index(from->lists[i], k));
        }
    }
    if (from->busiest > into->busiest) {
        into->busiest = from->busiest;
        into->busiest_minute = from->busiest_minute;
    }
}

bool toc_attendance_has(const toc_attendance *attendance, toc_attendance_kind kind,
                        const char *name) {
    return g_hash_table_contains(attendance->sets[kind], name) != FALSE;
}

uint32_t toc_attendance_count(const toc_attendance *attendance, toc_attendance_kind kind) {
    return attendance->lists[kind]->len;
}

const char *toc_attendance_name(const toc_attendance *attendance, toc_attendance_kind kind,
                                uint32_t index) {
    return g_ptr_array_index(attendance->lists[kind], index);
}

uint32_t toc_attendance_busiest(const toc_attendance *attendance, uint32_t *out_minute) {
    *out_minute = attendance->busiest_minute;
    return attendance->busiest;
}
