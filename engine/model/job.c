#include "model/job.h"

#include "kernel/names.h"

#include <string.h>

static const char *const kind_names[] = {
#define TOC_JOB(id, name, skill, median, sigma_ppm, remote_median) name,
#include "model/job.def"
#undef TOC_JOB
};

static const char *const kind_skills[] = {
#define TOC_JOB(id, name, skill, median, sigma_ppm, remote_median) skill,
#include "model/job.def"
#undef TOC_JOB
};

const char *toc_job_kind_name(toc_job_kind kind) {
    return kind_names[kind];
}

toc_job_kind toc_job_find_kind(const char *name) {
    for (int i = 0; i < TOC_JOB_KINDS; i++) {
        if (strcmp(kind_names[i], name) == 0) {
            return (toc_job_kind)i;
        }
    }
    return TOC_JOB_KINDS;
}

const char *toc_job_nearest_kind(const char *name) {
    return toc_names_nearest_of(kind_names, TOC_JOB_KINDS, name);
}

const char *toc_job_nearest_skill(const char *name) {
    return toc_names_nearest_of(kind_skills, TOC_JOB_KINDS, name);
}

const char *toc_job_stage_name(toc_job_stage stage) {
    static const char *const names[] = {"waiting", "travel", "work", "done", "failed", "cancelled"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_JOB_STAGES, "a name for every stage");
    return names[stage];
}
