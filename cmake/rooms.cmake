# A room is a static library behind a door: an include path that holds its own headers, the public
# headers it owns, and the doors of the rooms it names. A wrong-way include finds no file.

function(toc_door name)
    set(door ${CMAKE_BINARY_DIR}/doors/${name})
    file(MAKE_DIRECTORY ${door}/tocsin)
    file(CREATE_LINK ${CMAKE_SOURCE_DIR}/engine/${name} ${door}/${name} SYMBOLIC)
    foreach(header IN LISTS ARGN)
        if(NOT header MATCHES "\\.")
            string(APPEND header ".h")
        endif()
        file(CREATE_LINK ${CMAKE_SOURCE_DIR}/include/tocsin/${header} ${door}/tocsin/${header}
             SYMBOLIC)
    endforeach()
endfunction()

# toc_room(name [GUEST] [SEES room...] [PUBLIC header...] [LIBRARIES target...])
# A GUEST links the whole engine but sees only include/tocsin and the guests it names.
function(toc_room name)
    cmake_parse_arguments(ROOM "GUEST" "" "SEES;PUBLIC;LIBRARIES" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/${name}/*.c)
    add_library(room_${name} STATIC ${sources})
    target_link_libraries(room_${name} PRIVATE toc_flags ${ROOM_LIBRARIES})
    set_property(TARGET room_${name} PROPERTY ROOM_LIBRARIES ${ROOM_LIBRARIES})
    toc_door(${name} ${ROOM_PUBLIC})
    target_include_directories(room_${name} PUBLIC ${CMAKE_BINARY_DIR}/doors/${name})
    foreach(lower IN LISTS ROOM_SEES)
        target_link_libraries(room_${name} PUBLIC room_${lower})
    endforeach()
    if(ROOM_GUEST)
        target_include_directories(room_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include)
        target_link_libraries(room_${name} PRIVATE $<LINK_ONLY:toc_engine>)
    endif()
endfunction()

# One program per tests/<room>/*_test.c, linked to that room and its libraries alone: a room that
# secretly needs a higher one does not link.
function(toc_room_tests name)
    get_target_property(libraries room_${name} ROOM_LIBRARIES)
    if(NOT libraries)
        set(libraries "")
    endif()
    file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*_test.c)
    foreach(source IN LISTS tests)
        get_filename_component(stem ${source} NAME_WE)
        string(REGEX REPLACE "_test$" "" noun ${stem})
        set(target test_${name}_${noun})
        add_executable(${target} ${source})
        target_link_libraries(${target} PRIVATE toc_flags toc_test_support room_${name} ${libraries})
        add_test(NAME ${name}.${noun} COMMAND ${target})
        set_tests_properties(${name}.${noun} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77
            ENVIRONMENT "TOCSIN_DATA=$ENV{TOCSIN_DATA};TOCSIN_SOURCE=${CMAKE_SOURCE_DIR};TOCSIN_BUILD=${CMAKE_BINARY_DIR}")
    endforeach()
endfunction()

# toc_embed(output symbol header type base file...)
# Turns files into one C source of byte arrays, so that the program needs nothing beside it.
function(toc_embed output symbol header type base)
    set(entries "")
    set(arrays "")
    set(number 0)
    foreach(file IN LISTS ARGN)
        set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        file(READ ${file} bytes HEX)
        file(SIZE ${file} size)
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
        string(REGEX REPLACE "(([^,]*,){32})" "\\1\n" bytes "${bytes}")
        file(RELATIVE_PATH name ${base} ${file})
        string(APPEND arrays "static const unsigned char file_${number}[] = {\n${bytes}0};\n")
        string(APPEND entries "    {\"${name}\", file_${number}, ${size}},\n")
        math(EXPR number "${number} + 1")
    endforeach()
    file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
"#include \"${header}\"
${arrays}
const ${type} toc_embedded_${symbol}[] = {
${entries}};
const size_t toc_embedded_${symbol}_count = ${number};
")
endfunction()
