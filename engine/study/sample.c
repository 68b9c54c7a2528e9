#include "study/sample.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

toc_sample toc_sample_of(double *values, size_t count) {
    toc_sample sample = {.count = count};
    if (count == 0) {
        return sample;
    }
    gsl_sort(values, 1, count);
    sample.mean = gsl_stats_mean(values, 1, count);
    sample.least = values[0];
    sample.p10 = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.1);
    sample.median = gsl_stats_median_from_sorted_data(values, 1, count);
    sample.p90 = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.9);
    sample.most = values[count - 1];
    sample.low = sample.high = sample.mean;
    if (count > 1) {
        sample.sd = gsl_stats_sd_m(values, 1, count, sample.mean);
        double reach =
            gsl_cdf_tdist_Pinv(0.975, (double)count - 1) * sample.sd / sqrt((double)count);
        sample.low = sample.mean - reach;
        sample.high = sample.mean + reach;
    }
    return sample;
}

/* E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927. */
toc_sample_share toc_sample_share_of(size_t hits, size_t count) {
    toc_sample_share share = {.hits = hits, .count = count, .high = 1};
    if (count == 0) {
        return share;
    }
    double n = (double)count, p = (double)hits / n, z = gsl_cdf_ugaussian_Pinv(0.975);
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    share.share = p;
    share.low = hits == 0 ? 0 : middle - reach;
    share.high = hits == count ? 1 : middle + reach;
    return share;
}
