#include "drill/vocabulary.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "drill/action.h"
#include "drill/effect.h"
#include "drill/role.h"
#include "model/job.h"
#include "model/world.h"
#include "tocsin/topology.h"

__attribute__((format(printf, 2, 3))) static void print(toc_formats_buffer *page,
                                                        const char *format, ...) {
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    toc_formats_buffer_add(page, text,
                           (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

static void write_actions(toc_formats_buffer *page) {
    static const char *const targets[] = {[TOC_TARGET_NOTHING] = "",
                                          [TOC_TARGET_ELEMENT] = "asset or link",
                                          [TOC_TARGET_CONDUIT] = "conduit",
                                          [TOC_TARGET_ZONE] = "zone",
                                          [TOC_TARGET_PHASE] = "phase",
                                          [TOC_TARGET_AREA] = "zone or assets",
                                          [TOC_TARGET_SEAT] = "seat",
                                          [TOC_TARGET_CREW] = "crew",
                                          [TOC_TARGET_DECISION] = "decision",
                                          [TOC_TARGET_REQUEST] = "request",
                                          [TOC_TARGET_RECIPIENT] = "duty, seat or team"};
    print(page,
          "### Actions\n\nWhat seats do, what injects expect and orders ask for. Who may: the "
          "permission that the role needs.\n\n"
          "| action | done to | who may | takes at least | parameters | what it does |\n"
          "|---|---|---|---|---|---|\n");
    for (int verb = 0; verb < TOC_VERBS; verb++) {
        toc_action_verb id = (toc_action_verb)verb;
        char takes[64] = "";
        if (toc_action_takes(id) > 0) {
            (void)toc_time_print(toc_action_takes(id), takes, sizeof takes);
        }
        print(page, "| `%s` | %s | %s | %s | %s | %s |\n", toc_action_name(id),
              targets[toc_action_target_of(id)],
              toc_role_permission_name(toc_action_permission(id)),
              takes[0] == '\0' ? "" : takes + 4, toc_action_keys(id), toc_action_help(id));
    }
}

static void write_roles(toc_formats_buffer *page) {
    static const char *const roles[] = {
#define TOC_ROLE(name, permissions) name,
#include "drill/role.def"
#undef TOC_ROLE
    };
    print(page,
          "\n### Roles\n\nWhat stands behind the dot of a seat's name. A role of another name "
          "has the permission `general` alone; what no role of a team may, all of it may.\n\n"
          "| role | may |\n|---|---|\n");
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        print(page, "| `%s` |", roles[i]);
        for (int permission = 0; permission < TOC_PERMISSIONS; permission++) {
            if ((toc_role_permissions(roles[i]) & 1u << permission) != 0) {
                print(page, " `%s`", toc_role_permission_name((toc_permission)permission));
            }
        }
        print(page, " |\n");
    }
    print(page, "\n| permission | allows |\n|---|---|\n");
    for (int permission = 0; permission < TOC_PERMISSIONS; permission++) {
        print(page, "| `%s` | %s |\n", toc_role_permission_name((toc_permission)permission),
              toc_role_allows((toc_permission)permission));
    }
}

static void write_injects(toc_formats_buffer *page) {
    static const struct {
        const char *name, *effect, *meaning;
    } kinds[] = {
#define TOC_INJECT_KIND(name, sort, effect, meaning) {name, effect, meaning},
#include "drill/inject_kind.def"
#undef TOC_INJECT_KIND
    };
    static const char *const channels =
#define TOC_CHANNEL(name) " `" name "`"
#include "drill/channel.def"
#undef TOC_CHANNEL
        ;
    print(page,
          "\n### Kinds of inject\n\n| kind | effect on the assets `on` | what it is |\n|---|---|"
          "---|\n");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        print(page, "| `%s` | %s | %s |\n", kinds[i].name, kinds[i].effect, kinds[i].meaning);
    }
    print(page, "\n### Channels\n\n%s\n", channels + 1);
}

/* The kind of work that ends it. */
static const char *job_of(toc_cause cause) {
    static const char *const jobs[] = {
#define TOC_CAUSE(id, name, job, remote) job,
#include "model/cause.def"
#undef TOC_CAUSE
    };
    return jobs[cause];
}

static void write_effects(toc_formats_buffer *page) {
    const char *names[TOC_MOST_EFFECTS];
    size_t count = toc_effect_all(names);
    print(
        page,
        "\n### Effects\n\nWhat an inject or a technique does to an asset, and the cause that "
        "stands there until it is mended; of views it is seen only: "
        "`freeze-view` stops the level that a tank's screen shows, `freeze-reading` the level that "
        "its controls hear as well, `show-truth` ends both and what was falsified, `allow-view` "
        "and `allow-control` end what was denied.\n\n| effect | cause | kind "
        "of work that mends it |\n|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        toc_cause cause = toc_effect_cause(names[i]);
        bool leaves = cause != TOC_CAUSES;
        print(page, "| `%s` | %s | %s |\n", names[i], leaves ? toc_world_cause_name(cause) : "",
              leaves ? job_of(cause) : "");
    }
    print(page, "\n### Kinds of work\n\nWhat crews do; a crew's `skills` are of these words.\n\n"
                "| work | skill that it takes |\n|---|---|\n");
    for (int kind = 0; kind < TOC_JOB_KINDS; kind++) {
        print(page, "| `%s` | %s |\n", toc_job_kind_name((toc_job_kind)kind),
              toc_job_kind_skill((toc_job_kind)kind));
    }
    print(page, "\n### States of an asset\n\n");
    for (int operation = 0; operation < TOC_OPERATIONS; operation++) {
        print(page, "%s`%s`", operation > 0 ? " " : "",
              toc_world_operation_name((toc_operation)operation));
    }
    print(page, "\n");
}

static void write_markings(toc_formats_buffer *page) {
    static const struct {
        const char *name, *to;
    } markings[] = {
#define TOC_MARKING(id, name, to) {name, to},
#include "drill/marking.def"
#undef TOC_MARKING
    };
    static const struct {
        const char *name, *meaning;
    } gists[] = {
#define TOC_GIST(id, name, meaning) {name, meaning},
#include "drill/gist.def"
#undef TOC_GIST
    };
    print(
        page,
        "\n### Markings\n\nOf `tlp` and `pap`.\n\n| marking | may be passed on to |\n|---|---|\n");
    for (size_t i = 1; i < sizeof markings / sizeof *markings; i++) {
        print(page, "| `%s` | %s |\n", markings[i].name, markings[i].to);
    }
    print(page, "\n### What a message is about\n\nOf `about`: what who reads it takes it for.\n\n"
                "| word | meaning |\n|---|---|\n");
    for (size_t i = 0; i < sizeof gists / sizeof *gists; i++) {
        print(page, "| `%s` | %s |\n", gists[i].name, gists[i].meaning);
    }
}

static void write_incidents(toc_formats_buffer *page) {
    static const struct {
        const char *id, *chinese, *meaning;
    } categories[] = {
#define TOC_INCIDENT_CATEGORY(id, chinese, meaning) {id, chinese, meaning},
#include "drill/incident_category.def"
#undef TOC_INCIDENT_CATEGORY
    };
    static const struct {
        const char *id, *chinese;
    } levels[] = {
#define TOC_INCIDENT_LEVEL(id, chinese) {id, chinese},
#include "drill/incident_level.def"
#undef TOC_INCIDENT_LEVEL
    };
    print(page,
          "\n### Categories and levels of incidents\n\nBy GB/T 20986-2023.\n\n| category | | what "
          "it is |\n|---|---|---|\n");
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
        print(page, "| `%s` | %s | %s |\n", categories[i].id, categories[i].chinese,
              categories[i].meaning);
    }
    print(page, "\n| level | |\n|---|---|\n");
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        print(page, "| `%s` | %s |\n", levels[i].id, levels[i].chinese);
    }
}

static void write_techniques(toc_formats_buffer *page) {
    static const struct {
        const char *id, *name;
    } techniques[] = {
#define TOC_TECHNIQUE(id, name, tactics, kinds, mitigations) {id, name},
#include "drill/technique.def"
#undef TOC_TECHNIQUE
    };
    print(page,
          "\n### Techniques\n\nATT&CK for ICS 18.1 (MITRE). Those of other matrices are taken as "
          "they are.\n\n| technique | name |\n|---|---|\n");
    for (size_t i = 0; i < sizeof techniques / sizeof *techniques; i++) {
        print(page, "| `%s` | %s |\n", techniques[i].id, techniques[i].name);
    }
}

static void write_assets(toc_formats_buffer *page) {
    static const char *const units =
#define TOC_UNIT(name, dimension, base) " `" name "`"
#include "model/unit.def"
#undef TOC_UNIT
        ;
    print(page, "\n### Kinds of asset\n\n| kind | what it is | family |\n|---|---|---|\n");
    for (int kind = 0; kind < TOC_ASSET_KINDS; kind++) {
        const toc_asset_kind_facts *facts = toc_topology_kind((toc_asset_kind)kind);
        print(page, "| `%s` | %s | %s |\n", facts->name, facts->title, facts->family);
    }
    print(page, "\n### Units\n\n");
    toc_formats_buffer_add(page, units + 1, strlen(units) - 1);
    print(page, "\n");
}

void toc_vocabulary_write(toc_formats_buffer *page) {
    print(page, "\n## Words to choose from\n\n");
    write_actions(page);
    write_roles(page);
    write_injects(page);
    write_effects(page);
    write_markings(page);
    write_incidents(page);
    write_techniques(page);
    write_assets(page);
}
