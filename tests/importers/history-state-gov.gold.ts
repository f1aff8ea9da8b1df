/**
 * 300 mentions of people, drawn from the archive by a random seed and labelled by hand: a line for
 * each person, with the row and the words of each mention.
 */
export const GOLD = `
trip-3857 Chief Executive Abdullah Abdullah
visit-2280 Prime Minister Shah Mahmud
visit-2833 President Mauricio Macri
visit-317 President Jorge Rafael Videla
trip-2902 President Kirchschlaeger
visit-2466 Prime Minister Menzies
trip-2635 Prime Minister Hasina
trip-3229 Foreign Minister Dipu Moni
visit-2147 King Albert
visit-2383 King Baudouin
visit-2261 Premier Spaak
visit-212 President Sangoule Lamizana
trip-354 Amir Sheikh Isa bin Sulman al-Khalifa
visit-2729 President Pierre Nkurunziza
trip-1167 Foreign Affairs Minister Adriazola
trip-2466 President Lula of Brazil
trip-243 President Cardoso
visit-2458 President Goulart
visit-2338 President-elect Kubitschek
trip-3936 Foreign Minister Makei
trip-2625 Prime Minister Chretien
visit-2419 Prime Minister Diefenbacker
trip-3868 Foreign Minister Chrystia Freeland
visit-2203 Prime Minister Mackenzie King
visit-709 Prime Minister Martin Brian Mulroney | trip-2355 Prime Minister Mulroney
visit-2516 Prime Minister Pearson
visit-2463 President Houphouet-Boigny
visit-2573 President Alassane Dramane Ouattara
visit-2837 President Michelle Bachelet
visit-2804 President Xi Jinping
trip-3265 President Hu Jintao
trip-2721 Chinese Generalissimo Chiang Kai-shek
trip-2781 President Lleras Camargo
visit-2150 President-elect Ospina
visit-737 President Virgilio Barco Vargas
trip-2161 President Arias
visit-2679 Prime Minister Jose Maria Pereira Neves
trip-2479 Prime Minister Topolanek
visit-2354 Chancellor Adenauer | visit-2477 Chancellor Adenauer
trip-1276 Foreign Minister Fischer
trip-1910 Chancellor Kiesinger
trip-864 Chancellor Schmidt | trip-2859 German Chancellor Schmidt
visit-2717 President Ismail Omar Guelleh
trip-3951 Danish Minister of Foreign Affairs Jeppe Koford
trip-992 President Boumediene | visit-216 President Houari Boumedienne
trip-3067 President Correa
trip-3862 President Lenín Moreno
visit-2208 President Arroyo del Rio
trip-708 Chairman Arafat | trip-562 PLO Chairman Arafat
trip-254 Foreign Minister Moussa
trip-592 President Mubarak | trip-80 President Mubarak | trip-1377 President Mubarak | trip-2347 President Mubarak
visit-334 President Anwar Sadat | trip-2296 President Sadat | trip-2899 President Sadat
visit-637 King Juan Carlos I | visit-661 King Juan Carlos I
visit-2969 King Felipe VI
visit-100 Emperor Haile Selassie
visit-2091 President Tarja Halonen
trip-3240 Prime Minister Jyrki Katainen
trip-2342 President Koivisto
visit-130 Prime Minister Kamisese Mara
trip-2777 President De Gaulle
trip-3905 Foreign Minister Kouchner
visit-2322 Premier Mendes-France
visit-2275 Prime Minister Attlee
trip-3020 Prime Minister Brown
visit-288 Prime Minister James Callaghan | visit-338 Prime Minister James Callaghan | visit-359 Prime Minister James Callaghan
visit-2580 Prime Minister David Cameron | visit-2626 Prime Minister David Cameron
trip-2319 Foreign Secretary Lord Carrington | trip-862 Foreign Secretary Lord Carrington
trip-2712 British Prime Minister Churchill | trip-2728 British Prime Minister Churchill
trip-970 British Foreign Secretary Eden
trip-2037 Foreign Secretary Howe
trip-2934 Queen Elizabeth II
visit-2162 Prime Minister MacDonald
trip-5 Prime Minister Major
trip-2311 Prime Minister Thatcher | visit-526 Prime Minister Margaret Thatcher | visit-615 Prime Minister Margaret Thatcher | visit-694 Prime Minister Margaret Thatcher
visit-232 Prime Minister Harold Wilson
trip-3981 Foreign Minister Zalkaliani
trip-3260 President John Dramani Mahama
visit-2767 President Yahya A. J. J. Jammeh
trip-3969 Foreign Minister Dendias
visit-307 Brigadier General Juan Melgar Castro
visit-2479 President Villeda Morales
trip-2928 President Suazo
trip-1196 Foreign Minister Vasquez
visit-2635 Prime Minister Zoran Milanovic
trip-1434 President Alexandre
trip-3270 Prime Minister Laurent Lamothe
visit-2978 President Jovenel Moise
trip-3001 President Preval
visit-2179 President Vincent
visit-2845 Prime Minister Viktor Orban | trip-3177 Prime Minister Orban | trip-3832 Prime Minister Orbán
visit-117 President Soeharto
visit-2344 President Sukarno | visit-2414 President Sukarno
trip-2555 Prime Minister Bruton
visit-2493 Prime Minister Lemass
trip-2840 Prime Minister Lynch
trip-1074 Foreign Minister Allon | trip-2207 Foreign Minister Allon
trip-3252 Defense Minister Ehud Barak | trip-223 Israeli Prime Minister Barak
visit-337 Prime Minister Menachem Begin | visit-409 Prime Minister Menachem Begin
trip-1733 Prime Minister Meir
visit-2127 Prime Minister Benjamin Netanyahu | trip-46 Israeli Prime Minister Netanyahu
visit-635 Prime Minister Shimon Peres
visit-287 Prime Minister Yitzhak Rabin
visit-2815 President Reuven Rivlin
trip-402 Prime Minister Shamir
trip-1430 Prime Minister Sharon
visit-2262 President Weizmann
visit-666 Prime Minister Rajiv Gandhi
visit-2846 Prime Minister Narendra Modi
trip-1392 Foreign Minister Sinha
trip-1268 Prime Minister Vajpayee | trip-1281 Prime Minister Vajpayee | trip-1392 Prime Minister Vajpayee
visit-2270 Shah Mohammed Reza Pahlavi | visit-36 Shah Mohammad Reza Pahlavi
trip-250 Foreign Minister Asgrimsson
trip-2850 President Eldjarn
visit-717 President Vigdis Finbogadottir
trip-574 Prime Minister Berlusconi | trip-2401 Prime Minister Berlusconi
visit-2375 Prime Minister Fanfani | visit-2482 Prime Minister Fanfani | visit-653 Prime Minister Amintore Fanfani
visit-2954 Prime Minister Paolo Gentiloni
visit-27 Prime Minister Aldo Moro | trip-2812 Prime Minister Moro
trip-2317 President Pertini | trip-1928 President Pertini
trip-2835 President Saragat
visit-547 King Hussein | trip-396 King Hussein | trip-436 King Hussein | trip-2102 King Hussein of Jordan
visit-2673 Prime Minister Shinzō Abe | visit-2848 Prime Minister Shinzō Abe | trip-3822 Prime Minister Shinzo Abe
visit-290 Prime Minister Takeo Fukuda
trip-3973 Prime Minister Suga
visit-699 Prime Minister Noboru Takeshita
visit-188 Prime Minister Kakui Tanaka
trip-447 Foreign Minister Watanabe
visit-2321 Prime Minister Yoshida
trip-3256 President Mwai Kibaki
trip-3256 Chief Justice Willy Mutunga
visit-58 President Park Chung Hee | trip-1685 President Park
trip-7 President Kim
trip-3164 Foreign Minister Kim
visit-2971 Amir Sheikh Sabah Al-Ahmed Al-Jaber Al-Sabah
trip-3095 Foreign Minister Saudabayev
visit-2549 Prime Minister Saad Hariri | trip-3785 Prime Minister Saad Hariri
trip-2228 President Sarkis
visit-173 Prime Minister Sirimavo R. D. Bandaranaike | trip-1758 Foreign Minister Bandaranaike
visit-2218 President Barclay
visit-201 President William R. Tolbert
trip-3178 Prime Minister Kubilius
trip-1747 Grand Duke Jean
visit-257 Premier Gaston Thorn
visit-2695 President Andris Berzins
trip-3186 Prime Minister Jabril
visit-140 Prime Minister Ahmad Laraki
trip-2456 President Enkhbayar
visit-2102 President Felipe Calderon
trip-3828 Foreign Secretary Luis Videgaray Caso
visit-2308 President Ruiz Cortines
visit-559 President Miguel de la Madrid
visit-2389 President Lopez Mateos
trip-3807 President-elect Andres Manuel Lopez Obrador
visit-3328 Prime Minister Najib Razak
visit-40 President Hamani Diori
visit-2856 President Muhammadu Buhari
visit-2566 President Goodluck Jonathan
trip-2421 President Obasanjo
visit-2176 President Somoza
trip-1178 Foreign Minister van der Stoel
visit-244 Prime Minister Johannes Marten den Uyl
trip-1878 Prime Minister Borten
trip-3232 Foreign Minister Jonas Stoere
visit-2586 Prime Minister Jens Stoltenberg | visit-2652 Prime Minister Jens Stoltenberg | trip-3878 NATO Secretary General Jens Stoltenberg
visit-2297 Prime Minister Torp
visit-255 King Olav V | visit-482 King Olav V | trip-2110 King Olav V
trip-3747 Foreign Minister Gerry Brownlee
visit-2207 Prime Minister Fraser
visit-2329 Prime Minister Holland
visit-569 President-elect Nicolas Ardito Barletta
visit-2124 President Alan Garcia
visit-2569 President-elect Ollanta Humala
visit-2602 Prime Minister Peter Paire O’Neill
visit-746 President Corazon C. Aquino
trip-1318 President Arroyo
trip-3838 Secretary of Foreign Affairs Teodoro Locsin, Jr.
visit-2284 President Quirino
visit-2318 Prime Minister Mohammed Ali
trip-2757 President Ayub Khan
trip-1420 Foreign Minister Cimoszewicz
trip-3956 Foreign Minister Czaputowicz
visit-2230 Prime Minister Mikolajczyk
visit-2209 Prime Minister Sikorski
trip-2842 Portuguese Prime Minister Caetano
visit-633 Prime Minister Anibal Antonio Cavaco e Silva | visit-2588 President Anibal Cavaco Silva
trip-3985 Amir Tamim bin Hamad Al Thani | visit-2784 Amir Tamim bin Hamad al-Thani | visit-2795 Amir Sheikh Tameem bin Hamad al-Thani
trip-2831 President Ceausescu
trip-3156 Russian Foreign Minister Lavrov
trip-3023 President Medvedev
trip-1348 President Putin | trip-2454 Russian President Putin
trip-1397 Crown Prince Abdullah | trip-78 Crown Prince Abdullah
trip-484 King Fahd
trip-2279 King Khalid
visit-2761 President James Alix Michel
visit-2292 Prime Minister Erlander
trip-2468 Prime Minister Lee | visit-2826 Prime Minister Lee Hsien Loong
trip-2618 President Kucan
trip-3954 President Pahor
trip-2508 President Turk
trip-178 President Kabbah
trip-3940 Foreign Minister Amadou Ba
visit-246 President Leopold-Sedar Senghor | visit-357 President Leopold-Sedar Senghor
visit-456 President Mohammed Siad Barre
trip-410 Soviet Foreign Minister Bessmertnykh
trip-2778 Soviet Premier Khrushchev
trip-2106 Soviet Foreign Minister Shevardnadze | trip-350 Foreign Minister Shevardnadze
visit-706 President-elect Alfredo Cristiani Buckard
visit-441 President Jose Napoleon Duarte
trip-2219 Syrian President Assad | trip-437 President Assad | trip-2529 Syrian President Assad
trip-1298 President Assad | trip-256 Syrian President Bashar Assad
visit-2862 Prime Minister Prayut Chan-O-Cha
trip-1075 Foreign Minister Chatti
visit-2584 Prime Minister Beji Caid Essebsi
visit-461 Prime Minister Muhammed Mzali
visit-2311 President Bayar
trip-1271 Foreign Minister Cem
visit-2960 President Recep Tayyip Erdoğan
trip-380 President Ozal | trip-2362 President Ozal
trip-3749 President Petro Poroshenko
visit-2117 President Viktor Yanukovych | trip-3070 President Yanukovych
trip-1914 former Mexican President Santa Anna
trip-3280 opposition leader Aung San Suu Kyi | trip-3196 Aung San Suu Kyi
trip-3938 Foreign Minister Kamilov
trip-3191 President Karimov
trip-3938 President Mirziyoyev
trip-2920 Pope John Paul II | trip-2951 Pope John Paul II
trip-3971 Secretary of State Cardinal Parolin | trip-3873 Secretary of State Cardinal Pietro Parolin
trip-1773 Foreign Minister Calvani
trip-1864 President Leoni
visit-702 President Carlos Andres Perez | trip-2889 President Perez
trip-3978 Foreign Minister Minh
visit-2597 President Truong Tan Sang
visit-68 President Nguyen Van Thieu
visit-2691 President Abd Rabuh Mansur Hadi
trip-725 President Mandela | trip-2592 President Mandela
visit-342 President Kenneth D. Kaunda
`
