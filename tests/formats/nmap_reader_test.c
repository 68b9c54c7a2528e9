#include "imported.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct import import_scans(const char *first, const char *second) {
    const toc_formats_source sources[] = {{first, strlen(first), "a.xml"},
                                          {second, second != NULL ? strlen(second) : 0, "b.xml"}};
    return imported("nmap", sources, second != NULL ? 2 : 1);
}

static void assert_told(const struct import *import, const char *wanted) {
    char line[1000] = "";
    assert_true(toc_problems_kept(import->problems) > 0);
    (void)toc_problems_print(toc_problems_at(import->problems, 0), line, sizeof line);
    assert_string_equal(line, wanted);
}

#define UP      "<status state='up'/>"
#define IP(ip)  "<address addr='" ip "' addrtype='ipv4'/>"
#define MAC(m)  "<address addr='" m "' addrtype='mac' vendor='V'/>"
#define NAME(n) "<hostnames><hostname name='" n "' type='PTR'/></hostnames>"

static void hosts_that_are_down_are_left_out(void **state) {
    struct import import = import_scans(
        "<?xml version='1.0'?><!DOCTYPE nmaprun><?xml-stylesheet href='file:///x'?><nmaprun>"
        "<hosthint>" UP IP("10.0.0.9") "</hosthint><host>" UP IP("10.0.0.1")
            NAME("gate") "</host>"
                         "<host><status state='down'/>" IP("10.0.0.2") "</host></nmaprun>",
        NULL);
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(import.result.nodes, 1);
    assert_int_equal(t->asset_count, 1);
    assert_string_equal(t->assets[0].id, "10.0.0.1");
    assert_string_equal(t->assets[0].name, "gate");
    assert_string_equal(t->zones[t->assets[0].zone].id, "10.0.0.0/24");
    finish(&import);
}

static void two_scans_of_one_network_merge_by_mac_then_by_address(void **state) {
    struct import import = import_scans(
        "<nmaprun><host>" UP IP("10.0.0.5")
            MAC("00:11:22:33:44:55") "<ports><port protocol='tcp' portid='502'><state "
                                     "state='open'/><service name='mbap'>"
                                     "<cpe>cpe:/h:acme:plc</cpe></service></port></ports></host>"
                                     "<host>" UP IP("10.0.0.6") "</host></nmaprun>",
        "<nmaprun><host>" UP IP("10.0.0.77") MAC("00:11:22:33:44:55")
            NAME("plc-5") "</host>"
                          "<host>" UP IP("10.0.0.6") MAC("00:11:22:33:44:66")
                              NAME("six") "</host>"
                                          "<host>" UP IP("10.0.0.6") MAC("00:11:22:33:44:77")
                                              NAME("other") "</host></nmaprun>");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(t->asset_count, 3);
    assert_string_equal(t->assets[0].id, "10.0.0.5");
    assert_string_equal(t->assets[0].name, "plc-5");
    assert_int_equal(t->assets[0].kind, TOC_ASSET_PLC);
    assert_string_equal(t->assets[1].name, "six");
    assert_string_equal(t->assets[2].name, "other");
    assert_string_equal(t->assets[2].id, "10.0.0.6-(00:11:22:33:44:77)");
    finish(&import);
}

static void open_services_and_reported_holes_become_weaknesses(void **state) {
    struct import import = import_scans(
        "<nmaprun><host>" UP IP(
            "10.0.0.5") "<ports>"
                        "<port portid='22'><state state='open'/><service "
                        "name='ssh'><cpe>cpe:/a:openbsd:openssh:7.4"
                        "</cpe></service><script id='vulners' "
                        "output='&#xa;cpe:/a:x:&#xa;&#x9;CVE-2018-15919&#x9;5.0"
                        "&#x9;https://vulners.com/cve/"
                        "CVE-2018-15919&#xa;&#x9;CVE-2017-15906&#x9;10.0&#x9;'/></port>"
                        "<port portid='23'><state "
                        "state='closed'/><service><cpe>cpe:/a:closed</cpe></service></port>"
                        "</ports></host></nmaprun>",
        NULL);
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(t->weakness_count, 3);
    assert_string_equal(t->weaknesses[0].id, "cpe:/a:openbsd:openssh:7.4");
    assert_int_equal(t->weaknesses[0].ease_ppm, 0);
    assert_string_equal(t->weaknesses[1].id, "CVE-2018-15919");
    assert_int_equal(t->weaknesses[1].ease_ppm, 500000);
    assert_string_equal(t->weaknesses[2].id, "CVE-2017-15906");
    assert_int_equal(t->weaknesses[2].ease_ppm, 1000000);
    assert_int_equal(t->assets[0].kind, TOC_ASSET_SERVER);
    finish(&import);
}

static void closed_ports_and_second_guesses_do_not_make_a_controller(void **state) {
    struct import import = import_scans(
        "<nmaprun><host>" UP IP("10.0.0.5") "<ports><port portid='502'><state state='closed'/>"
                                            "</port><port portid='22'><state state='open'/></port>"
                                            "</ports><os><osmatch><osclass type='general purpose' "
                                            "accuracy='98'/><osclass type='router' accuracy='85'/>"
                                            "</osmatch></os></host></nmaprun>",
        NULL);
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(import.result.topology->assets[0].kind, TOC_ASSET_SERVER);
    finish(&import);
}

static void traces_become_routers_and_links_once(void **state) {
    struct import import = import_scans(
        "<nmaprun><host>" UP IP(
            "10.9.0.1") "<trace><hop ttl='1' ipaddr='10.0.0.1'/><hop ttl='2' ipaddr='10.5.0.1' "
                        "host='mid'/>"
                        "<hop ttl='3' ipaddr='10.9.0.1'/></trace></host>"
                        "<host>" UP IP(
                            "10.9.0.2") "<trace><hop ttl='1' ipaddr='10.0.0.1'/><hop ttl='2' "
                                        "ipaddr='10.5.0.1'/><hop ttl='3' "
                                        "ipaddr='10.9.0.2'/></trace></host>"
                                        "<host>" UP IP("10.0.0.1") "</host></nmaprun>",
        NULL);
    const toc_topology *t = import.result.topology;
    uint32_t gate = toc_topology_find_element(t, "10.0.0.1");
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(import.result.nodes, 3);
    assert_int_equal(import.result.edges, 3);
    assert_int_equal(t->asset_count, 4);
    assert_int_equal(t->assets[gate].kind, TOC_ASSET_ROUTER);
    assert_string_equal(t->assets[toc_topology_find_element(t, "10.5.0.1")].name, "mid");
    finish(&import);
}

static void an_interrupted_scan_is_said_to_be_one(void **state) {
    struct import import = import_scans(
        "<nmaprun><host>" UP IP("10.0.0.1") "</host>\n<host>" UP "<address addr='10.0.0.2'", NULL);
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(import.result.nodes, 1);
    assert_true(toc_problems_count(import.problems, TOC_ERROR) == 0);
    assert_int_equal(toc_problems_at(import.problems, 0).place.line, 2);
    assert_string_equal(toc_problems_at(import.problems, 0).text,
                        "the scan was interrupted here; what came before is read");
    finish(&import);
    import = import_scans("<nmaprun><scaninfo services='1,", NULL);
    assert_int_equal(import.status, TOC_BAD_INPUT);
    assert_int_equal(toc_problems_kept(import.problems), 1);
    assert_non_null(strstr(toc_problems_at(import.problems, 0).text,
                           "; the scan was interrupted before its first host"));
    finish(&import);
}

static void what_is_no_scan_is_refused(void **state) {
    struct import import = import_scans("<!DOCTYPE nmaprun [<!ENTITY a 'b'>]><nmaprun/>", NULL);
    (void)state;
    assert_int_equal(import.status, TOC_BAD_INPUT);
    assert_non_null(strstr(toc_problems_at(import.problems, 0).text, "document type declaration"));
    finish(&import);
    import = import_scans("<!DOCTYPE nmaprun SYSTEM 'http://127.0.0.1/x.dtd'><nmaprun/>", NULL);
    assert_int_equal(import.status, TOC_BAD_INPUT);
    finish(&import);
    import = import_scans("<root/>", NULL);
    assert_told(&import, "a.xml:1:1: found <root>, expected <nmaprun>");
    finish(&import);
    import = import_scans("", NULL);
    assert_told(&import, "a.xml: is empty; expected a scan by nmap -oX");
    finish(&import);
}

static long expected(const char *name, const char *metric) {
    char wanted[200], line[300];
    long value = -1;
    FILE *table = fopen(support_data("EXPECTED.tsv"), "r");
    assert_non_null(table);
    (void)snprintf(wanted, sizeof wanted, "%s\t%s\t", name, metric);
    while (fgets(line, sizeof line, table) != NULL) {
        if (strncmp(line, wanted, strlen(wanted)) == 0) {
            value = strtol(line + strlen(wanted), NULL, 10);
        }
    }
    (void)fclose(table);
    return value;
}

static void other_peoples_scans_give_the_counts_of_an_independent_reader(void **state) {
    static const char *const files[] = {"nmap-xml/1_hosts.xml",
                                        "nmap-xml/2_hosts_version.xml",
                                        "nmap-xml/2_null_hosts.xml",
                                        "nmap-xml/dionaea_scan.xml",
                                        "nmap-xml/full_sudo5.xml",
                                        "nmap-xml/ndiff-down.xml",
                                        "nmap-xml/ndiff-empty.xml",
                                        "nmap-xml/nmap_example.xml",
                                        "nmap-xml/nmap_script_vulners.xml"};
    (void)state;
    if (support_data("EXPECTED.tsv") == NULL) {
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        toc_formats_buffer buffer = {NULL, 0, 0};
        toc_formats_import result = {.topology = NULL};
        toc_problems *problems = toc_problems_create();
        assert_int_equal(toc_formats_load(support_data(files[i]), problems, &buffer), TOC_OK);
        toc_formats_source source = {buffer.bytes, buffer.size, files[i]};
        assert_int_equal(toc_formats_import_topology("nmap", &source, 1, problems, &result),
                         TOC_OK);
        assert_int_equal(result.nodes, expected(files[i], "hosts_up"));
        toc_topology_destroy(result.topology);
        toc_formats_buffer_finish(&buffer);
        toc_problems_destroy(problems);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_that_are_down_are_left_out),
        cmocka_unit_test(two_scans_of_one_network_merge_by_mac_then_by_address),
        cmocka_unit_test(open_services_and_reported_holes_become_weaknesses),
        cmocka_unit_test(closed_ports_and_second_guesses_do_not_make_a_controller),
        cmocka_unit_test(traces_become_routers_and_links_once),
        cmocka_unit_test(an_interrupted_scan_is_said_to_be_one),
        cmocka_unit_test(what_is_no_scan_is_refused),
        cmocka_unit_test(other_peoples_scans_give_the_counts_of_an_independent_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
