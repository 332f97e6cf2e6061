// SPDX-License-Identifier: Apache-2.0

// Takes a call as soon as every part of the kernel has taken the one before, and works out where
// its weights will be.

module fp32_calls #(
  parameter int unsigned PanelColumns = 64,    // of a tile
  parameter int unsigned StoreRows    = 1024,  // of B in the store
  parameter int unsigned StorePanels  = 16,    // of column parameters
  parameter int unsigned Parts        = 5
) (
  input  logic             clk_i,        // clock
  input  logic             rst_ni,       // synchronous reset, active low
  input  fp32_pkg::call_t  arguments_i,  // kept and resident are not used
  input  logic             start_i,      // they stand for a call
  output logic             ready_o,      // which is taken
  output fp32_pkg::call_t  call_o,       // the last one taken
  output logic [Parts-1:0] valid_o,      // parts that have not taken it yet
  input  logic [Parts-1:0] taken_i       // parts that take it
);

  // Registers are written some cycles before the start, so what follows from them is ready.
  localparam int unsigned PanelBits = $clog2(StorePanels) + 1;
  localparam int unsigned RowBits   = $clog2(StoreRows) + 1;

  logic [16:0]          panels;
  logic                 whole_q, fits_q, some_q, resident;
  logic [PanelBits-1:0] panels_q;
  logic [RowBits-1:0]   k_q;

  assign panels = (arguments_i.n + 17'(PanelColumns - 1)) / 17'(PanelColumns);

  always_ff @(posedge clk_i) begin
    whole_q  <= arguments_i.k <= 17'(StoreRows);
    fits_q   <= panels <= 17'(StorePanels);
    panels_q <= panels[PanelBits-1:0];
    k_q      <= arguments_i.k[RowBits-1:0];
    some_q   <= (PanelBits + RowBits)'(panels_q) * (PanelBits + RowBits)'(k_q) <=
                (PanelBits + RowBits)'(StoreRows);
  end

  weights_residency i_residency (
    .clk_i,
    .rst_ni,
    .id_i      (arguments_i.weights_id),
    .b_i       (arguments_i.b),
    .columns_i (arguments_i.columns),
    .k_i       (arguments_i.k),
    .n_i       (arguments_i.n),
    .b_bits_i  (arguments_i.b_bits),
    .kept_i    (whole_q && fits_q && some_q),
    .take_i    (ready_o),
    .resident_o(resident)
  );

  assign ready_o = start_i && valid_o == '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_o <= '0;
    else valid_o <= ready_o ? '1 : valid_o & ~taken_i;
  end

  always_ff @(posedge clk_i) begin
    if (ready_o) begin
      call_o          <= arguments_i;
      call_o.streamed <= !whole_q;
      call_o.kept     <= whole_q && fits_q && some_q;
      call_o.resident <= resident;
    end
  end

endmodule
